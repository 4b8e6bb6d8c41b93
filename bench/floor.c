/* The least that forwarding can cost: encrypt each packet for each receiver and hand it to the kernel.
 *
 * AES-128-GCM as SRTP uses it (RFC 7714): a key a receiver, the header as associated data, from OpenSSL's own
 * functions, looked up in the library the worker uses. No sessions, no rewriting, no reception, no feedback.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum { HEADER = 20, TAG = 16, LONGEST_RUN = 16, GET_TAG = 0x10, TIMED_EVERY = 16, DELAYS = 10000 }; /* 0.1 ms each */

struct pattern { /* as bench/media.py names them */
    int pictures_per_s, short_picture, long_picture, picture_payload;
    int voices_per_s, voice_payload;
};

struct result {
    double cpu_s;
    long packets, calls, refused;
    double delay_p99_ms; /* from when a run was due to when the kernel had taken it, over its packets */
};

struct crypto {
    void *(*new_context)(void);
    void (*free_context)(void *);
    void *(*aes_128_gcm)(void);
    int (*init)(void *, void *, void *, const uint8_t *, const uint8_t *);
    int (*update)(void *, uint8_t *, int *, const uint8_t *, int);
    int (*final)(void *, uint8_t *, int *);
    int (*control)(void *, int, int, void *);
};

struct receiver {
    struct sockaddr_in address;
    void *context;
    uint16_t number;
};

static int find_crypto(const char *library, struct crypto *crypto)
{
    void *handle = dlopen(library, RTLD_LAZY);
    if (!handle)
        return -1;
    crypto->new_context = dlsym(handle, "EVP_CIPHER_CTX_new");
    crypto->free_context = dlsym(handle, "EVP_CIPHER_CTX_free");
    crypto->aes_128_gcm = dlsym(handle, "EVP_aes_128_gcm");
    crypto->init = dlsym(handle, "EVP_EncryptInit_ex");
    crypto->update = dlsym(handle, "EVP_EncryptUpdate");
    crypto->final = dlsym(handle, "EVP_EncryptFinal_ex");
    crypto->control = dlsym(handle, "EVP_CIPHER_CTX_ctrl");
    return crypto->new_context && crypto->free_context && crypto->aes_128_gcm && crypto->init && crypto->update &&
                   crypto->final && crypto->control
               ? 0
               : -1;
}

static void protect(const struct crypto *crypto, struct receiver *to, const uint8_t *payload, int size, uint8_t *out)
{
    uint8_t iv[12] = {0};
    int length;
    uint16_t number = htons(++to->number);
    memset(out, 0, HEADER);
    out[0] = 0x90;
    memcpy(out + 2, &number, 2);
    memcpy(iv + 10, &number, 2);
    crypto->init(to->context, NULL, NULL, NULL, iv);
    crypto->update(to->context, NULL, &length, out, HEADER);
    crypto->update(to->context, out + HEADER, &length, payload, size);
    crypto->final(to->context, out + HEADER + length, &length);
    crypto->control(to->context, GET_TAG, TAG, out + HEADER + size);
}

static void send_run(const struct crypto *crypto, int socket, struct receiver *to, int count, const uint8_t *payload,
                     int size, int gso, uint8_t *buffer, struct result *result)
{
    int stride = HEADER + size + TAG;
    for (int i = 0; i < count; i++)
        protect(crypto, to, payload, size, buffer + i * stride);
    int calls = gso ? 1 : count, length = gso ? count * stride : stride;
    for (int i = 0; i < calls; i++)
        if (sendto(socket, buffer + i * stride, length, 0, (struct sockaddr *)&to->address, sizeof to->address) < 0)
            result->refused++;
    result->calls += calls;
    result->packets += count;
}

static double cpu_s(void)
{
    struct rusage usage;
    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double ms_since(const struct timespec *due)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - due->tv_sec) * 1e3 + (now.tv_nsec - due->tv_nsec) / 1e6;
}

static double p99_ms(const long *delays)
{
    long all = 0, seen = 0;
    for (int i = 0; i < DELAYS; i++)
        all += delays[i];
    for (int i = 0; i < DELAYS; i++)
        if ((seen += delays[i]) * 100 >= all * 99)
            return (i + 1) / 10.0;
    return 0;
}

/* Send to 127.0.0.1 at `ports` for `seconds`, at the worker's pace. 0, or -1 when something is missing. */
int floor_run(const char *library, const struct pattern *pattern, const uint16_t *ports, int count, int gso,
              double seconds, struct result *result)
{
    struct crypto crypto;
    if (find_crypto(library, &crypto) < 0)
        return -1;
    int sock = socket(AF_INET, SOCK_DGRAM, 0), room = 8 << 20;
    int stride = HEADER + pattern->picture_payload + TAG;
    setsockopt(sock, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    if (sock < 0 || (gso && setsockopt(sock, IPPROTO_UDP, UDP_SEGMENT, &stride, sizeof stride) < 0)) {
        if (sock >= 0)
            close(sock);
        return -1;
    }
    struct receiver *receivers = calloc(count, sizeof *receivers);
    uint8_t *buffer = malloc(LONGEST_RUN * stride), *payload = calloc(1, pattern->picture_payload);
    for (int i = 0; i < count; i++) {
        uint8_t key[16] = {i & 255, i >> 8};
        receivers[i].address.sin_family = AF_INET;
        receivers[i].address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        receivers[i].address.sin_port = htons(ports[i]);
        receivers[i].context = crypto.new_context();
        crypto.init(receivers[i].context, crypto.aes_128_gcm(), NULL, key, NULL);
    }
    memset(result, 0, sizeof *result);
    long *delays = calloc(DELAYS, sizeof *delays);
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    double before = cpu_s();
    for (long pictures = 0, voices = 0;;) {
        double picture_at = (double)pictures / pattern->pictures_per_s, voice_at = (double)voices / pattern->voices_per_s;
        int voice = voice_at < picture_at;
        double at = voice ? voice_at : picture_at;
        if (at >= seconds)
            break;
        long ns = start.tv_nsec + (long)(at * 1e9) % 1000000000L;
        struct timespec due = {start.tv_sec + (long)at + ns / 1000000000L, ns % 1000000000L};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
        int packets = voice ? 1 : pictures % 2 ? pattern->long_picture : pattern->short_picture;
        for (int i = 0; i < count; i++) {
            send_run(&crypto, sock, &receivers[i], packets, payload,
                     voice ? pattern->voice_payload : pattern->picture_payload, gso, buffer, result);
            if (i % TIMED_EVERY == 0) {
                int delay = ms_since(&due) * 10;
                delays[delay < DELAYS ? delay : DELAYS - 1] += packets;
            }
        }
        voice ? voices++ : pictures++;
    }
    result->cpu_s = cpu_s() - before;
    result->delay_p99_ms = p99_ms(delays);
    for (int i = 0; i < count; i++)
        crypto.free_context(receivers[i].context);
    free(receivers);
    free(delays);
    free(buffer);
    free(payload);
    close(sock);
    return 0;
}
