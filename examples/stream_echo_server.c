/* SPDX-License-Identifier: GPL-3.0-or-later
 * A server of the pool "StreamEcho" with a thread for each session, each of which has a descriptor of its own.
 * Usage: stream_echo_server [-registrar=ADDRESS:PORT] [-asapannounce=off] ... */
#include <pthread.h>
#include <rserpool/rserpool.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>

static volatile sig_atomic_t ending;

static void end(int number) {
    (void)number;
    ending = 1;
}

static void* echo(void* session) {
    const int sd = (int)(intptr_t)session;
    char buffer[4096];
    ssize_t length;
    while ((length = rsp_read(sd, buffer, sizeof buffer)) > 0) {
        if (rsp_write(sd, buffer, (size_t)length) != length) {
            break;
        }
    }
    rsp_close(sd);
    return NULL;
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
    if (rsp_initialize(&info) < 0 || (sd = rsp_socket(0, SOCK_STREAM, IPPROTO_SCTP)) < 0 ||
        rsp_register(sd, (const unsigned char*)"StreamEcho", 10, NULL, 30000, 0) < 0 || rsp_listen(sd, 10) < 0) {
        perror("cannot serve");
        return 1;
    }
    puts("registered");
    fflush(stdout);
    while (!ending) {
        const int session = rsp_accept(sd, 250);
        pthread_t thread;
        if (session >= 0 && pthread_create(&thread, NULL, echo, (void*)(intptr_t)session) == 0) {
            pthread_detach(thread);
        } else if (session >= 0) {
            rsp_close(session);
        }
    }
    rsp_close(sd);
    rsp_cleanup();
    rsp_freeinfo(&info);
    return 0;
}
