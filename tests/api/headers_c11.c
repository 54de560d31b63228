/* SPDX-License-Identifier: GPL-3.0-or-later
 * The C headers, read by a C11 compiler with all warnings: names, numbers and layouts are those that programs compiled
 * for rsplib 3 know. Next door: headers_cpp98.cpp, the same headers in old C++. */
#include <kolam/rserpool.h>
#include <kolam/rserpool_tags.h>
#include <rserpool/rserpool-csp.h>
#include <rserpool/rserpool-internals.h>
#include <rserpool/rserpool-policytypes.h>
#include <rserpool/rserpool.h>
#include <rserpool/tagitem.h>
#include <stddef.h>

_Static_assert(sizeof(struct rsp_info) == 96, "as rsplib 3 has it");
_Static_assert(sizeof(struct rsp_registrar_info) == 24, "as rsplib 3 has it");
_Static_assert(sizeof(struct rsp_loadinfo) == 24, "as rsplib 3 has it");
_Static_assert(sizeof(struct rsp_addrinfo) == 56, "as rsplib 3 has it");
_Static_assert(sizeof(struct rsp_sndrcvinfo) == 20, "as rsplib 3 has it");
_Static_assert(sizeof(union rserpool_notification) == 20, "as rsplib 3 has it");
_Static_assert(sizeof(struct rserpool_session_parameters) == 24, "as rsplib 3 has it");
_Static_assert(sizeof(struct TagItem) == 16, "as rsplib 3 has it");
_Static_assert(offsetof(struct rsp_info, ri_registrar_announce) == 40, "as rsplib 3 has it");
_Static_assert(offsetof(struct rsp_info, ri_registrar_request_max_trials) == 68, "as rsplib 3 has it");
_Static_assert(offsetof(struct rsp_info, ri_csp_identifier) == 72, "as rsplib 3 has it");
_Static_assert(offsetof(struct rsp_info, ri_csp_interval) == 88, "as rsplib 3 has it");
_Static_assert(offsetof(struct rsp_addrinfo, ai_addr) == 32, "as rsplib 3 has it");
_Static_assert(offsetof(struct rsp_addrinfo, ai_pe_id) == 48, "as rsplib 3 has it");
_Static_assert(offsetof(struct rsp_sndrcvinfo, rinfo_stream) == 16, "as rsplib 3 has it");
_Static_assert(offsetof(struct rserpool_failover, rf_has_cookie) == 16, "as rsplib 3 has it");
_Static_assert(offsetof(struct rserpool_session_change, rsc_session) == 12, "as rsplib 3 has it");
_Static_assert(offsetof(struct rsp_loadinfo, rli_load_dpf) == 20, "as rsplib 3 has it");
_Static_assert(PPT_IS_ADAPTIVE(PPT_LEASTUSED) && PPT_IS_ADAPTIVE(PPT_RANDOMIZED_LEASTUSED) &&
                   PPT_IS_ADAPTIVE(PPT_PRIORITY_LEASTUSED_DEGRADATION_DPF) &&
                   !PPT_IS_ADAPTIVE(PPT_WEIGHTED_RANDOM_DPF) && !PPT_IS_ADAPTIVE(PPT_PRIORITY) &&
                   !PPT_IS_ADAPTIVE(PPT_UNDEFINED),
               "the adaptive policies");
_Static_assert(CID_GROUP(CID_COMPOUND(CID_GROUP_POOLUSER, 77)) == CID_GROUP_POOLUSER &&
                   CID_OBJECT(CID_COMPOUND(CID_GROUP_POOLUSER, 77)) == 77,
               "identifiers of components");
_Static_assert(MSG_RSERPOOL_NOTIFICATION == 1 && MSG_RSERPOOL_COOKIE_ECHO == 2 && FFF_UNREACHABLE == 1 &&
                   REGF_DONTWAIT == 1 && REGF_CONTROLCHANNEL == 2 && REGF_DAEMONMODE == 4 && TAG_USER == 1000000,
               "flags");

/* Two of the longest, by their types. */
ssize_t (*const kolamReceive)(int, void*, size_t, struct rsp_sndrcvinfo*, int*, int) = rsp_recvfullmsg;
ssize_t (*const kolamSend)(int, const void*, size_t, unsigned int, rserpool_session_t, uint32_t, uint16_t, uint32_t,
                           uint16_t, int) = rsp_sendmsg;
