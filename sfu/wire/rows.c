/* The compiled twin of PlainRows in plain.py: the same bytes, without an interpreter between two packets.
 *
 * It is handed libsrtp's function by pointer, so it needs no library and no header but libc's.
 */

#include <stdint.h>
#include <string.h>

enum { NUMBER = 2, TIMESTAMP = 4, SSRC = 8, EXTENSION = 12, HEADER_SIZE = 20 };  /* RFC 3550 5.1, 5.3.1 */
enum { PICTURE_ID = HEADER_SIZE + 2, TL0PICIDX = HEADER_SIZE + 4 };  /* RFC 7741 4.2, with a picture id of 15 bits */

typedef int (*protect_t)(void *context, void *packet, int *length);

/* One message as for a receiver that has no offsets: numbers of the source, payloads, padding, room for the tags. */
struct part {
    const uint8_t *model;
    int count, size, stride, row, tag;
    int picture_id, tl0;  /* -1 where the payloads have none */
};

/* One receiver. */
struct column {
    void *context;
    uint32_t ssrc, timestamp_offset;
    uint16_t number_offset, picture_offset;
    uint8_t tl0_offset;
};

static uint32_t read32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void write16(uint8_t *at, uint32_t value)
{
    at[0] = value >> 8;
    at[1] = value;
}

static void write32(uint8_t *at, uint32_t value)
{
    write16(at, value >> 16);
    write16(at + 2, value);
}

/* Writes a row for each column; the numbers of the rows that `protect` refused go to `refused`. Returns how many. */
int write_rows(protect_t protect, uint8_t *rows, const struct part *part, const struct column *columns, int receivers,
               uint8_t payload_type, uint64_t extension, int *refused)
{
    int failures = 0;
    for (int at = 0; at < receivers; at++) {
        const struct column *column = columns + at;
        uint8_t *row = rows + (size_t)at * part->row;
        int renumbered = part->picture_id >= 0 && (column->picture_offset || column->tl0_offset);
        memcpy(row, part->model, part->size);
        for (int k = 0; k < part->count; k++) {
            uint8_t *packet = row + k * part->stride;
            int length = (k < part->count - 1 ? part->stride : part->size - k * part->stride) - part->tag;
            packet[1] |= payload_type;
            write16(packet + NUMBER, (packet[NUMBER] << 8 | packet[NUMBER + 1]) + column->number_offset);
            write32(packet + TIMESTAMP, read32(packet + TIMESTAMP) + column->timestamp_offset);
            write32(packet + SSRC, column->ssrc);
            write32(packet + EXTENSION, extension >> 32);
            write32(packet + EXTENSION + 4, extension);
            if (renumbered) {
                write16(packet + PICTURE_ID, ((part->picture_id + column->picture_offset) & 0x7FFF) | 0x8000);
                if (part->tl0 >= 0)
                    packet[TL0PICIDX] = part->tl0 + column->tl0_offset;
            }
            if (protect(column->context, packet, &length) != 0) {
                refused[failures++] = at;
                break;
            }
        }
    }
    return failures;
}
