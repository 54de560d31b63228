/* SPDX-License-Identifier: GPL-3.0-or-later
 * The server of the pool "PingPong": answers each ping with the next number. Its cookies hold the number, so that the
 * next server goes on where this one was. All sessions come to one socket.
 * Usage: pingpong_server [-registrar=ADDRESS:PORT] [-asapannounce=off] ... */
#include <rserpool/rserpool.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define PING_PONG_PPID 0x4b000001
#define MOST_SESSIONS 64

static struct {
    rserpool_session_t id; /* 0: free */
    uint32_t next;
} sessions[MOST_SESSIONS];
static volatile sig_atomic_t ending;

static void end(int number) {
    (void)number;
    ending = 1;
}

static uint32_t* counterOf(rserpool_session_t id) {
    for (int i = 0; i < MOST_SESSIONS; ++i) {
        if (sessions[i].id == id) {
            return &sessions[i].next;
        }
    }
    return NULL;
}

static void sessionChanged(const struct rserpool_session_change* change) {
    const int came = change->rsc_state == RSERPOOL_SESSION_ADD;
    for (int i = 0; i < MOST_SESSIONS; ++i) {
        if (sessions[i].id == (came ? 0 : change->rsc_session)) {
            sessions[i].id = came ? change->rsc_session : 0;
            sessions[i].next = 0;
            return;
        }
    }
}

int main(int argc, char** argv) {
    struct rsp_info info;
    rsp_initinfo(&info);
    for (int i = 1; i < argc; ++i) {
        if (!rsp_initarg(&info, argv[i])) {
            fprintf(stderr, "bad argument: %s\n", argv[i]);
            return 2;
        }
    }
    signal(SIGTERM, end);
    signal(SIGINT, end);
    int sd = -1;
    if (rsp_initialize(&info) < 0 || (sd = rsp_socket(0, SOCK_SEQPACKET, IPPROTO_SCTP)) < 0 ||
        rsp_listen(sd, MOST_SESSIONS) < 0 || rsp_register(sd, (const unsigned char*)"PingPong", 8, NULL, 0, 0) < 0) {
        perror("cannot serve");
        return 1;
    }
    puts("registered");
    fflush(stdout);
    while (!ending) {
        union {
            char text[512];
            uint32_t number;
            union rserpool_notification notification;
        } message;
        struct rsp_sndrcvinfo from;
        int flags = 0;
        const ssize_t length = rsp_recvmsg(sd, &message, sizeof message, &from, &flags, 250);
        uint32_t* const counter = length > 0 ? counterOf(from.rinfo_session) : NULL;
        if (length > 0 && (flags & MSG_RSERPOOL_NOTIFICATION)) {
            if (message.notification.rn_header.rn_type == RSERPOOL_SESSION_CHANGE) {
                sessionChanged(&message.notification.rn_session_change);
            }
        } else if (counter && (flags & MSG_RSERPOOL_COOKIE_ECHO)) {
            if (length == sizeof message.number) { /* it has passed the user: anything may be in it */
                *counter = message.number;
            }
        } else if (counter) {
            ++*counter; /* the cookie goes before the answer that it stands for */
            rsp_send_cookie(sd, (const unsigned char*)counter, sizeof *counter, from.rinfo_session, 1000);
            rsp_sendmsg(sd, counter, sizeof *counter, 0, from.rinfo_session, PING_PONG_PPID, 0, 0, 0, 1000);
        }
    }
    rsp_close(sd);
    rsp_cleanup();
    rsp_freeinfo(&info);
    return 0;
}
