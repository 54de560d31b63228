/* SPDX-License-Identifier: GPL-3.0-or-later
 * A user of the pool "PingPong": pings until it has counted to COUNT, whatever happens to the servers, and says when
 * there was a gap. Usage: pingpong_client COUNT [-registrar=ADDRESS:PORT] [-asapannounce=off] ... */
#include <poll.h>
#include <rserpool/rserpool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define PING_PONG_PPID 0x4b000001

int main(int argc, char** argv) {
    struct rsp_info info;
    rsp_initinfo(&info);
    for (int i = 2; i < argc; ++i) {
        if (!rsp_initarg(&info, argv[i])) {
            fprintf(stderr, "bad argument: %s\n", argv[i]);
            return 2;
        }
    }
    const uint32_t goal = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 10;
    int sd = -1;
    if (rsp_initialize(&info) < 0 || (sd = rsp_socket(0, SOCK_SEQPACKET, IPPROTO_SCTP)) < 0 ||
        rsp_connect(sd, (const unsigned char*)"PingPong", 8, 0) < 0) {
        perror("cannot connect");
        return 1;
    }
    uint32_t last = 0;
    int failovers = 0, gaps = 0, waiting = 0;
    while (last < goal) {
        if (!waiting) {
            waiting = rsp_sendmsg(sd, "ping", 4, 0, 0, PING_PONG_PPID, 0, 0, 0, 1000) == 4;
        }
        struct pollfd ready = {.fd = sd, .events = POLLIN};
        if (rsp_poll(&ready, 1, 1000) <= 0) {
            continue;
        }
        union {
            uint32_t number;
            union rserpool_notification notification;
        } message;
        struct rsp_sndrcvinfo from;
        int flags = 0;
        const ssize_t length = rsp_recvfullmsg(sd, &message, sizeof message, &from, &flags, 0);
        if (length > 0 && (flags & MSG_RSERPOOL_NOTIFICATION)) {
            rsp_print_notification(&message.notification, stdout);
            puts("");
            if (message.notification.rn_header.rn_type == RSERPOOL_FAILOVER &&
                message.notification.rn_failover.rf_state == RSERPOOL_FAILOVER_NECESSARY) {
                failovers += rsp_forcefailover(sd, FFF_NONE, 0) == 0;
                waiting = 0; /* its answer has died with the server */
            }
        } else if (length == sizeof message.number) {
            /* A ping that was sent again may have been counted, when only its answer was lost. */
            if (message.number != last + 1 && message.number != last + 2) {
                printf("gap: %u after %u\n", message.number, last);
                ++gaps;
            }
            last = message.number;
            waiting = 0;
            printf("pong %u from 0x%08x\n", last, from.rinfo_pe_id);
            fflush(stdout);
        }
    }
    printf("counted to %u, %d failovers, %d gaps\n", last, failovers, gaps);
    rsp_close(sd);
    rsp_cleanup();
    rsp_freeinfo(&info);
    return gaps != 0;
}
