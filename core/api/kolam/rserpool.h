/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * The C API of the RSerPool socket drafts: pools instead of hosts behind something like sockets.
 *
 * A pool user calls rsp_socket() and rsp_connect(), then rsp_sendmsg() and rsp_recvmsg(). When its element dies, it
 * gets the notification RSERPOOL_FAILOVER_NECESSARY, calls rsp_forcefailover(), and sends again what was not answered;
 * the last state cookie has gone to the new element before that. A pool element calls rsp_socket(), rsp_register(),
 * rsp_listen() and rsp_accept() - or, on a SOCK_SEQPACKET socket, has all its sessions in one place.
 *
 * Names, types, numbers and layouts are those of the drafts and of rsplib 3, so that programs written for it need only
 * be linked again. Unlike there, no failure is reported as success. All functions return -1 (those of an unsigned type:
 * an errno) when they fail, with errno set:
 *
 * EBADF (no such descriptor, or closed meanwhile), EINVAL (an argument makes no sense), ENETDOWN (rsp_initialize() was
 * not called), ENETUNREACH (no registrar), ENOENT (no such pool, or nobody in it), EPERM (the registrar rejects the
 * element), ECONNREFUSED (all slots are taken), EHOSTUNREACH (no element can be reached), ETIMEDOUT, EAGAIN (not within
 * the timeout), EMSGSIZE, ENOTCONN (no session), EIO (the element has failed; call rsp_forcefailover()), EPIPE (the
 * session has ended), EACCES (an address beyond this host, which KOLAM_INSECURE_LAN does not allow), EMFILE, ENOMEM.
 *
 * Every function may be called from any thread. Timeouts are in milliseconds; -1 is no limit, 0 does not wait.
 *
 * The environment says what the drafts do not: KOLAM_TRANSPORT (auto, user, kernel) and KOLAM_PROFILE (rsplib, rfc,
 * demo, fast); KOLAM_INSECURE_LAN=1 lets programs out of the loopback interface, although nobody is authenticated.
 *
 * Next door: rserpool_tags.h, functions with further arguments; rserpool_policies.h. */
#ifndef KOLAM_RSERPOOL_H
#define KOLAM_RSERPOOL_H

#include "kolam/rserpool_csp.h"
#include "kolam/rserpool_policies.h"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef RSP_API
/** Marks what the library shows. */
#define RSP_API __attribute__((visibility("default")))
#endif

#define RSPLIB_VERSION 2  /**< Of the API. */
#define RSPLIB_REVISION 3 /**< The same. */

#define ASAP_PORT 3863 /**< Registrars, for elements and users. */
#define ENRP_PORT 9901 /**< Registrars among themselves. */

#define ASAP_ANNOUNCE_MULTICAST_ADDRESS "239.0.0.50:3863" /**< Where registrars announce themselves to endpoints. */
#define ENRP_ANNOUNCE_MULTICAST_ADDRESS "239.0.0.51:9901" /**< Where they do so to each other. */

/* ==== The library ==== */

/** A registrar that is known by its addresses. */
struct rsp_registrar_info {
    struct rsp_registrar_info* rri_next; /**< The next one. */
    struct sockaddr* rri_addr;           /**< Its addresses, one behind the other. */
    size_t rri_addrs;                    /**< How many. */
};

/** Settings of the library. Times are in milliseconds; 0 is the default of all of it. */
struct rsp_info {
    unsigned int ri_version;                  /**< RSPLIB_VERSION. */
    unsigned int ri_revision;                 /**< RSPLIB_REVISION. */
    const char* ri_build_date;                /**< Not used. */
    const char* ri_build_time;                /**< Not used. */
    struct rsp_registrar_info* ri_registrars; /**< Registrars that are known. */
    int ri_disable_autoconfig;                /**< Other than 0: announcements are not listened to. */
    struct sockaddr* ri_registrar_announce;   /**< Where they come; NULL: ASAP_ANNOUNCE_MULTICAST_ADDRESS. */

    unsigned int ri_registrar_announce_timeout;   /**< Until a registrar that is not heard any more is forgotten. */
    unsigned int ri_registrar_connect_timeout;    /**< Of one round of connects. */
    unsigned int ri_registrar_connect_max_trials; /**< Taken and not used: the library goes on trying. */
    unsigned int ri_registrar_request_timeout;    /**< Of a request. */
    unsigned int ri_registrar_response_timeout;   /**< Of its answer; the shorter one of both counts. */
    unsigned int ri_registrar_request_max_trials; /**< Registrars that are asked the same. */

    uint64_t ri_csp_identifier;     /**< Under which this component reports its status; 0: any. */
    struct sockaddr* ri_csp_server; /**< To whom; NULL: nobody. */
    unsigned int ri_csp_interval;   /**< How often. */
};

/** A pool's policy, with an element's own values. */
struct rsp_loadinfo {
    uint32_t rli_policy;           /**< PPT_... */
    uint32_t rli_weight;           /**< Where the policy has one. */
    uint32_t rli_weight_dpf;       /**< The same; a part of PPV_MAX_WEIGHTDPF. */
    uint32_t rli_load;             /**< The same; a part of PPV_MAX_LOAD. */
    uint32_t rli_load_degradation; /**< The same. */
    uint32_t rli_load_dpf;         /**< The same. */
};

/** Settings as they are without any; the environment's CSP_SERVER and CSP_INTERVAL count. */
RSP_API void rsp_initinfo(struct rsp_info* info);
/** Frees what rsp_initarg() has put in. */
RSP_API void rsp_freeinfo(struct rsp_info* info);
/** Takes one of the program's arguments: -registrar=ADDRESS:PORT (again for more), -asapannounce=auto|off|GROUP:PORT,
 * -cspserver=ADDRESS:PORT, -cspinterval=MS, -cspidentifier=NUMBER, -registrarannouncetimeout=MS,
 * -registrarconnecttimeout=MS, -registrarconnectmaxtrials=N, -registrarrequesttimeout=MS, -registrarresponsetimeout=MS,
 * -registrarrequestmaxtrials=N.
 * @return 1: taken; 0: it is none of these, or (errno is EINVAL) its value makes no sense. */
RSP_API int rsp_initarg(struct rsp_info* info, const char* arg);
/** Starts the library; NULL: settings as rsp_initinfo() makes them. Standard input, output and error become descriptors
 * 0, 1 and 2 of rsp_poll(). @return 0, also when it runs already; -1. */
RSP_API int rsp_initialize(struct rsp_info* info);
/** Ends everything that is left, and the library. */
RSP_API void rsp_cleanup(void);

/* ==== Basic Mode: the application talks by itself ==== */

/** Where a service is. */
struct rsp_addrinfo {
    int ai_family;                /**< AF_INET or AF_INET6, of the first address. */
    int ai_socktype;              /**< SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET. */
    int ai_protocol;              /**< IPPROTO_SCTP, IPPROTO_TCP, IPPROTO_UDP. */
    size_t ai_addrlen;            /**< Of the first address. */
    size_t ai_addrs;              /**< How many addresses. */
    struct sockaddr* ai_addr;     /**< All of them, one behind the other. */
    struct rsp_addrinfo* ai_next; /**< The next element. */
    uint32_t ai_pe_id;            /**< The element's identifier. */
};

#define REGF_DONTWAIT (1 << 0)       /**< Do not wait for the registrar's answer. */
#define REGF_CONTROLCHANNEL (1 << 1) /**< The element has a control channel; it always has. */
#define REGF_DAEMONMODE (1 << 2)     /**< Do not stop when it cannot be registered; go on trying. */
#define DEREGF_DONTWAIT (1 << 0)     /**< Do not wait for the registrar's answer. */

/** Registers a service, and keeps it registered until rsp_pe_deregistration(). Called again for the same identifier, it
 * tells the pool the new load.
 * @param poolHandle,poolHandleSize  the pool
 * @param rspAddrInfo       where it is; identifier 0: any, which is written here
 * @param rspLoadInfo       its policy; NULL: round robin
 * @param registrationLife  milliseconds until the registrar forgets it, if it is not heard any more
 * @param flags             REGF_...
 * @return 0, or an errno. */
RSP_API unsigned int rsp_pe_registration(const unsigned char* poolHandle, const size_t poolHandleSize,
                                         struct rsp_addrinfo* rspAddrInfo, const struct rsp_loadinfo* rspLoadInfo,
                                         unsigned int registrationLife, const int flags);
/** Takes a service of this program out of its pool. @return 0, or an errno. */
RSP_API unsigned int rsp_pe_deregistration(const unsigned char* poolHandle, const size_t poolHandleSize,
                                           const uint32_t identifier, const int flags);
/** Tells the registrar that an element could not be reached. @return 0, or an errno. */
RSP_API unsigned int rsp_pe_failure(const unsigned char* poolHandle, const size_t poolHandleSize,
                                    const uint32_t identifier);

#define RSPGETADDRS_MIN 1ul          /**< One element. */
#define RSPGETADDRS_MAX 0xfffffffful /**< As many as there can be. */
#define RSPGETADDRS_DEFAULT 0ul      /**< One element. */

#define REAI_NONAME (-1) /**< There is no such pool. */
#define REAI_MEMORY (-2) /**< No memory. */
#define REAI_SYSTEM (-3) /**< See errno. */
#define REAI_FAMILY (-4) /**< An address family that is not known here. */

/** Who is in a pool? Best first. The registrar is asked whatever `staleCacheValue` allows.
 * @param poolHandle,poolHandleSize  the pool
 * @param rserpoolAddrInfo  takes the list; free it with rsp_freeaddrinfo()
 * @param items             elements at most
 * @param staleCacheValue   milliseconds that an answer may be old
 * @return how many; or REAI_... */
RSP_API int rsp_getaddrinfo(const unsigned char* poolHandle, const size_t poolHandleSize,
                            struct rsp_addrinfo** rserpoolAddrInfo, const size_t items,
                            const unsigned int staleCacheValue);
/** Frees a list of rsp_getaddrinfo(). */
RSP_API void rsp_freeaddrinfo(struct rsp_addrinfo* rserpoolAddrInfo);

/* ==== Enhanced Mode: sessions ==== */

typedef int rserpool_session_t; /**< Names one of the sessions of a socket. */
#define SESSION_SETSIZE 16384   /**< Sessions that a socket may have. */

#define MSG_RSERPOOL_NOTIFICATION (1 << 0) /**< What was received is a union rserpool_notification. */
#define MSG_RSERPOOL_COOKIE_ECHO (1 << 1)  /**< What was received is a state that another element has left. */

/** What a received message is. */
struct rsp_sndrcvinfo {
    rserpool_session_t rinfo_session; /**< Of which session. */
    uint32_t rinfo_ppid;              /**< SCTP's payload protocol identifier, in host order. */
    uint32_t rinfo_pe_id;             /**< The element, for its users. */
    uint32_t rinfo_timetolive;        /**< 0. */
    uint16_t rinfo_stream;            /**< 0: all messages of a session are in one order. */
};

/** RSERPOOL_FAILOVER. */
struct rserpool_failover {
    uint16_t rf_type;              /**< RSERPOOL_FAILOVER. */
    uint16_t rf_flags;             /**< 0. */
    uint32_t rf_length;            /**< Octets of this. */
    unsigned int rf_state;         /**< RSERPOOL_FAILOVER_... */
    rserpool_session_t rf_session; /**< Of which session. */
    unsigned char rf_has_cookie;   /**< Not 0: there is a cookie, which the next element gets. */
};
#define RSERPOOL_FAILOVER_NECESSARY 1 /**< The element has failed: call rsp_forcefailover(). */
#define RSERPOOL_FAILOVER_COMPLETE 2  /**< Another one has taken over. */

/** RSERPOOL_SESSION_CHANGE. */
struct rserpool_session_change {
    uint16_t rsc_type;              /**< RSERPOOL_SESSION_CHANGE. */
    uint16_t rsc_flags;             /**< 0. */
    uint32_t rsc_length;            /**< Octets of this. */
    unsigned int rsc_state;         /**< RSERPOOL_SESSION_... */
    rserpool_session_t rsc_session; /**< Which session. */
};
#define RSERPOOL_SESSION_ADD 1    /**< A user has come. */
#define RSERPOOL_SESSION_REMOVE 2 /**< It has gone. */

/** RSERPOOL_SHUTDOWN_EVENT. */
struct rserpool_shutdown_event {
    uint16_t rse_type;              /**< RSERPOOL_SHUTDOWN_EVENT. */
    uint16_t rse_flags;             /**< 0. */
    uint32_t rse_length;            /**< Octets of this. */
    rserpool_session_t rse_session; /**< Which session. */
};

/** Something that has happened to a session. */
union rserpool_notification {
    /** What all of them begin with. */
    struct {
        uint16_t rn_type;                 /**< RSERPOOL_SESSION_CHANGE, RSERPOOL_FAILOVER or RSERPOOL_SHUTDOWN_EVENT. */
        uint16_t rn_flags;                /**< 0. */
        uint32_t rn_length;               /**< Octets of the notification. */
    } rn_header;                          /**< What all of them begin with. */
    struct rserpool_failover rn_failover; /**< RSERPOOL_FAILOVER. */
    struct rserpool_session_change rn_session_change; /**< RSERPOOL_SESSION_CHANGE. */
    struct rserpool_shutdown_event rn_shutdown_event; /**< RSERPOOL_SHUTDOWN_EVENT. */
};
#define RSERPOOL_SESSION_CHANGE 1 /**< A session came or went: for elements with all of them at one socket. */
#define RSERPOOL_FAILOVER 2       /**< For users. */
#define RSERPOOL_SHUTDOWN_EVENT 3 /**< Not sent. */

/** How quickly a silent association is given up; times in milliseconds. */
struct rserpool_session_parameters {
    unsigned int sp_rto_initial;   /**< The first retransmission time-out. */
    unsigned int sp_rto_min;       /**< The least. */
    unsigned int sp_rto_max;       /**< The most. */
    unsigned int sp_assoc_max_rxt; /**< Retransmissions until the peer is given up. */
    unsigned int sp_path_max_rxt;  /**< Until one of its addresses is. */
    unsigned int sp_hbinterval;    /**< Between two heartbeats on an idle path. */
};

/** A descriptor for a session, or for a service, in a space of its own. SOCK_SEQPACKET (all sessions of a service in
 * one place) or SOCK_STREAM (each has a descriptor); `protocol` is IPPROTO_SCTP or 0. @return it; or -1. */
RSP_API int rsp_socket(int domain, int type, int protocol);
/** Changes how quickly associations of sessions that begin later are given up; 0 leaves a value as it is. What counts
 * is written back. @return 0; or -1. */
RSP_API int rsp_update_session_parameters(int sd, struct rserpool_session_parameters* params);
/** Says at which addresses a service will be; none: all that this program may use. @return 0; or -1. */
RSP_API int rsp_bind(int sd, const struct sockaddr* addrs, int addrcnt);
/** Lets users come: as many as may wait for rsp_accept(); 0: no more. @return 0; or -1. */
RSP_API int rsp_listen(int sd, int backlog);
/** The pool and identifier of an element, or of the one that a session belongs to. @return 0; or -1. */
RSP_API int rsp_getsockname(int sd, unsigned char* poolHandle, size_t* poolHandleSize, uint32_t* identifier);
/** The pool that a user is connected to, and the element that serves it. @return 0; or -1. */
RSP_API int rsp_getpeername(int sd, unsigned char* poolHandle, size_t* poolHandleSize, uint32_t* identifier);
/** Ends what is behind a descriptor: the session; or takes the service out of its pool. @return 0; or -1. */
RSP_API int rsp_close(int sd);
/** Like poll(), for descriptors of this space. @return how many have events; 0: the time is over; or -1. */
RSP_API int rsp_poll(struct pollfd* ufds, unsigned int nfds, int timeout);
/** Like select(), for descriptors of this space. @return how many are set; 0: the time is over; or -1. */
RSP_API int rsp_select(int n, fd_set* readfds, fd_set* writefds, fd_set* exceptfds, struct timeval* timeout);
/** Like getsockopt(), of a mapped socket. @return 0; or -1. */
RSP_API int rsp_getsockopt(int sd, int level, int optname, void* optval, socklen_t* optlen);
/** Like setsockopt(), of a mapped socket. @return 0; or -1. */
RSP_API int rsp_setsockopt(int sd, int level, int optname, const void* optval, socklen_t optlen);

/** Registers the service of a socket; called again with the same pool, it tells the new load.
 * @param sd                      the socket
 * @param poolHandle,poolHandleSize  the pool
 * @param loadinfo                its policy; NULL: round robin
 * @param reregistrationInterval  milliseconds between two registrations; 0: the default
 * @param flags                   REGF_...
 * @return 0; or -1. */
RSP_API int rsp_register(int sd, const unsigned char* poolHandle, const size_t poolHandleSize,
                         const struct rsp_loadinfo* loadinfo, unsigned int reregistrationInterval, int flags);
/** Takes the service out of its pool; its sessions go on. @return 0; or -1. */
RSP_API int rsp_deregister(int sd, int flags);
/** Waits for a user. @return the descriptor of the new session; or -1. */
RSP_API int rsp_accept(int sd, int timeout);

/** Opens a session with a pool, and waits until an element serves it (five seconds at most, and for a registrar as long
 * as it may take to find one). @return 0; or -1. */
RSP_API int rsp_connect(int sd, const unsigned char* poolHandle, const size_t poolHandleSize,
                        const unsigned int staleCacheValue);
/** Whether the element has left a state. @return 1, 0; or -1. */
RSP_API int rsp_has_cookie(int sd);

#define FFF_NONE 0               /**< Just go elsewhere. */
#define FFF_UNREACHABLE (1 << 0) /**< And tell the registrar that the element cannot be reached. */

/** Goes on at another element: after RSERPOOL_FAILOVER_NECESSARY, or because the application is not content. What was
 * received from the old one and not yet read is gone. @return 0: another element has taken over; or -1: none until now,
 * and there will be another notification. */
RSP_API int rsp_forcefailover(int sd, const unsigned int flags, const unsigned int staleCacheValue);

/** Sends one message.
 * @param sd              the socket
 * @param data,dataLength  the message; at least one octet, unless sctpFlags end the session
 * @param msg_flags       MSG_DONTWAIT is heeded
 * @param sessionID       which session, if the socket has several
 * @param sctpPPID        what it is, by the application's own numbers; not 11
 * @param sctpStreamID    taken and not used: all messages of a session are in one order
 * @param sctpTimeToLive  taken and not used: all messages are reliable
 * @param sctpFlags       SCTP_EOF ends the session after this, SCTP_ABORT at once
 * @param timeout         to wait for room
 * @return dataLength; or -1. */
RSP_API ssize_t rsp_sendmsg(int sd, const void* data, size_t dataLength, unsigned int msg_flags,
                            rserpool_session_t sessionID, uint32_t sctpPPID, uint16_t sctpStreamID,
                            uint32_t sctpTimeToLive, uint16_t sctpFlags, int timeout);
/** Hands a session's state to its user, who gives it to the element that goes on when this one dies. Send it before the
 * answer that it stands for. @return cookieSize; or -1. */
RSP_API ssize_t rsp_send_cookie(int sd, const unsigned char* cookie, const size_t cookieSize,
                                rserpool_session_t sessionID, int timeout);
/** Receives a message, or a part of one: MSG_EOR is set with its end.
 * @param sd                   the socket
 * @param buffer,bufferLength  takes it
 * @param rinfo                says what it is; may be NULL
 * @param msg_flags            takes MSG_EOR, MSG_RSERPOOL_NOTIFICATION and MSG_RSERPOOL_COOKIE_ECHO; MSG_DONTWAIT and
 *                             MSG_PEEK in it are heeded; NULL: there are no notifications
 * @param timeout              to wait
 * @return octets; 0: the session has ended; or -1. */
RSP_API ssize_t rsp_recvmsg(int sd, void* buffer, size_t bufferLength, struct rsp_sndrcvinfo* rinfo, int* msg_flags,
                            int timeout);
/** Receives a whole message, or as much of it as there is room for. As rsp_recvmsg(). */
RSP_API ssize_t rsp_recvfullmsg(int sd, void* buffer, size_t bufferLength, struct rsp_sndrcvinfo* rinfo, int* msg_flags,
                                int timeout);
/** rsp_recvmsg() without a limit and without notifications; reads mapped descriptors, too. */
RSP_API ssize_t rsp_read(int fd, void* buffer, size_t bufferLength);
/** The same, with the flags of recv(). */
RSP_API ssize_t rsp_recv(int sd, void* buffer, size_t bufferLength, int flags);
/** rsp_recv() by another name. */
RSP_API ssize_t rsp_rcv(int sd, void* buffer, size_t bufferLength, int flags);
/** rsp_sendmsg() without a limit; writes to mapped descriptors, too. */
RSP_API ssize_t rsp_write(int fd, const char* data, size_t dataLength);
/** The same, with the flags of send(). */
RSP_API ssize_t rsp_send(int sd, const void* data, size_t dataLength, int flags);

/* ==== The rest ==== */

/** Makes a descriptor of the system one of this space. @param sd of the system @param toSD the wish; -1: any
 * @return its number here; or -1. */
RSP_API int rsp_mapsocket(int sd, int toSD);
/** Takes a mapped descriptor out of this space; it stays open. @return 0; or -1. */
RSP_API int rsp_unmapsocket(int sd);
/** Prints a notification, for people. */
RSP_API void rsp_print_notification(const union rserpool_notification* notification, FILE* fd);
/** "LeastUsed" for PPT_LEASTUSED; NULL: there is no such policy. */
RSP_API const char* rsp_getpolicybytype(unsigned int policyType);
/** PPT_LEASTUSED for "LeastUsed"; PPT_UNDEFINED: there is no such policy. */
RSP_API unsigned int rsp_getpolicybyname(const char* policyName);
/** What a session is doing, in at most 127 octets: for rsp_csp_getcomponentstatus() and for those who monitor.
 * @return 0; or -1. */
RSP_API int rsp_csp_setstatus(int sd, rserpool_session_t sessionID, const char* statusText);
/** What this program would report of itself: the text that was set last, or else what its sessions are about.
 * @param identifier      takes group and number
 * @param statusText,size  takes the text, cut where there is no room
 * @param workload        takes the load of its services, 0 to 1; below 0: it has none
 * @return the number of its sessions; or -1. */
RSP_API int rsp_csp_getcomponentstatus(uint64_t* identifier, char* statusText, size_t size, double* workload);

#ifdef __cplusplus
}
#endif

#endif
