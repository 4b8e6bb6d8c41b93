/* Empties many UDP sockets at little cost: counts the media packets of each and keeps some whole. */
#define _GNU_SOURCE
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 32, LONGEST = 1500, EVENTS = 512 };

struct sample {
    int32_t receiver, size;
    int64_t arrival_ns; /* Unix time at which the kernel had it */
    uint8_t data[LONGEST];
};

struct sink {
    const int32_t *sockets;
    int32_t count;
    volatile int32_t stop;
    int64_t *packets; /* of each socket */
    struct sample *samples;
    int32_t sample_room, samples_taken;
    volatile int32_t sample_every; /* 0: none now */
};

static int64_t kernel_time_ns(struct msghdr *message)
{
    struct cmsghdr *control = CMSG_FIRSTHDR(message);
    if (!control || control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_TIMESTAMPNS)
        return 0;
    struct timespec at;
    memcpy(&at, CMSG_DATA(control), sizeof at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static void keep(struct sink *sink, int receiver, const uint8_t *data, int size, struct msghdr *message)
{
    if (sink->samples_taken == sink->sample_room)
        return;
    struct sample *sample = &sink->samples[sink->samples_taken];
    sample->receiver = receiver;
    sample->size = size;
    sample->arrival_ns = kernel_time_ns(message);
    memcpy(sample->data, data, size);
    sink->samples_taken++;
}

/* Run until `stop` is set; -1 when epoll is refused. */
int sink_run(struct sink *sink)
{
    uint8_t data[BATCH][LONGEST], control[BATCH][64];
    struct mmsghdr messages[BATCH];
    struct iovec vectors[BATCH];
    struct epoll_event events[EVENTS];
    int queue = epoll_create1(0), yes = 1;
    if (queue < 0)
        return -1;
    for (int i = 0; i < sink->count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        setsockopt(sink->sockets[i], SOL_SOCKET, SO_TIMESTAMPNS, &yes, sizeof yes);
        epoll_ctl(queue, EPOLL_CTL_ADD, sink->sockets[i], &event);
    }
    for (int64_t seen = 0; !sink->stop;) {
        int ready = epoll_wait(queue, events, EVENTS, 20);
        for (int e = 0; e < ready; e++) {
            int receiver = events[e].data.u32;
            for (int i = 0; i < BATCH; i++) {
                vectors[i] = (struct iovec){data[i], LONGEST};
                messages[i].msg_hdr = (struct msghdr){
                    .msg_iov = &vectors[i], .msg_iovlen = 1, .msg_control = control[i], .msg_controllen = 64};
            }
            int got = recvmmsg(sink->sockets[receiver], messages, BATCH, MSG_DONTWAIT, NULL);
            for (int i = 0; i < got; i++) {
                int is_rtcp = data[i][1] >= 192 && data[i][1] < 224;
                if (data[i][0] < 128 || data[i][0] >= 192 || is_rtcp)
                    continue;
                sink->packets[receiver]++;
                if (sink->sample_every && ++seen % sink->sample_every == 0)
                    keep(sink, receiver, data[i], messages[i].msg_len, &messages[i].msg_hdr);
            }
        }
    }
    close(queue);
    return 0;
}
