/* SPDX-License-Identifier: GPL-3.0-or-later
 * A user of the pool "StreamEcho": what comes on standard input goes to the pool, what comes from there is printed. One
 * rsp_select() waits for both. Usage: stream_echo_client [-registrar=ADDRESS:PORT] [-asapannounce=off] ... */
#include <rserpool/rserpool.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char** argv) {
    struct rsp_info info;
    rsp_initinfo(&info);
    for (int i = 1; i < argc; ++i) {
        if (!rsp_initarg(&info, argv[i])) {
            fprintf(stderr, "bad argument: %s\n", argv[i]);
            return 2;
        }
    }
    int sd = -1;
    if (rsp_initialize(&info) < 0 || (sd = rsp_socket(0, SOCK_STREAM, IPPROTO_SCTP)) < 0 ||
        rsp_connect(sd, (const unsigned char*)"StreamEcho", 10, 0) < 0) {
        perror("cannot connect");
        return 1;
    }
    puts("connected");
    fflush(stdout);
    for (;;) {
        fd_set readable;
        FD_ZERO(&readable);
        FD_SET(STDIN_FILENO, &readable); /* mapped by rsp_initialize() */
        FD_SET(sd, &readable);
        if (rsp_select(sd + 1, &readable, NULL, NULL, NULL) < 0) {
            perror("rsp_select");
            break;
        }
        char buffer[4096];
        ssize_t length;
        if (FD_ISSET(sd, &readable)) {
            length = rsp_read(sd, buffer, sizeof buffer);
            if (length > 0) {
                fwrite(buffer, 1, (size_t)length, stdout);
            } else {
                puts(rsp_forcefailover(sd, FFF_NONE, 0) == 0 ? "failed over" : "no server");
            }
            fflush(stdout);
        }
        if (FD_ISSET(STDIN_FILENO, &readable)) {
            length = rsp_read(STDIN_FILENO, buffer, sizeof buffer);
            if (length <= 0) {
                break;
            }
            if (rsp_write(sd, buffer, (size_t)length) != length) {
                perror("rsp_write");
            }
        }
    }
    rsp_close(sd);
    rsp_cleanup();
    rsp_freeinfo(&info);
    return 0;
}
