/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * The functions of rserpool.h with further arguments, as a list of tags. NULL is an empty list; tags that a function
 * does not know mean nothing to it. Next door: tagitem.h, the lists. */
#ifndef KOLAM_RSERPOOL_TAGS_H
#define KOLAM_RSERPOOL_TAGS_H

#include "kolam/rserpool.h"
#include "kolam/tagitem.h"

#ifdef __cplusplus
extern "C" {
#endif

/** rsp_register_tags(): the element's identifier; 0: any. */
#define TAG_PoolElement_Identifier (TAG_USER + 1000)
/** rsp_connect_tags(), rsp_forcefailover_tags(): milliseconds until there must be an element. */
#define TAG_RspSession_ConnectTimeout (TAG_USER + 2000)
/** Taken and not used: the library spaces its questions by itself. */
#define TAG_RspSession_HandleResolutionRetryDelay (TAG_USER + 2001)
#define TAG_RspLib_CacheElementTimeout (TAG_USER + 4000)       /**< Of the library's settings: see struct rsp_info. */
#define TAG_RspLib_RegistrarAnnounceAddress (TAG_USER + 4001)  /**< The same. */
#define TAG_RspLib_RegistrarAnnounceTimeout (TAG_USER + 4002)  /**< The same. */
#define TAG_RspLib_RegistrarConnectMaxTrials (TAG_USER + 4003) /**< The same. */
#define TAG_RspLib_RegistrarConnectTimeout (TAG_USER + 4004)   /**< The same. */
#define TAG_RspLib_RegistrarRequestMaxTrials (TAG_USER + 4005) /**< The same. */
#define TAG_RspLib_RegistrarRequestTimeout (TAG_USER + 4006)   /**< The same. */
#define TAG_RspLib_RegistrarResponseTimeout (TAG_USER + 4007)  /**< The same. */

/** rsp_pe_registration() with tags. */
RSP_API unsigned int rsp_pe_registration_tags(const unsigned char* poolHandle, const size_t poolHandleSize,
                                              struct rsp_addrinfo* rspAddrInfo, const struct rsp_loadinfo* rspLoadInfo,
                                              const unsigned int registrationLife, const int flags,
                                              struct TagItem* tags);
/** rsp_pe_deregistration() with tags. */
RSP_API unsigned int rsp_pe_deregistration_tags(const unsigned char* poolHandle, const size_t poolHandleSize,
                                                const uint32_t identifier, const int flags, struct TagItem* tags);
/** rsp_pe_failure() with tags. */
RSP_API unsigned int rsp_pe_failure_tags(const unsigned char* poolHandle, const size_t poolHandleSize,
                                         const uint32_t identifier, struct TagItem* tags);
/** rsp_getaddrinfo() with tags. */
RSP_API int rsp_getaddrinfo_tags(const unsigned char* poolHandle, const size_t poolHandleSize,
                                 struct rsp_addrinfo** rserpoolAddrInfo, const size_t items,
                                 const unsigned int staleCacheValue, struct TagItem* tags);
/** rsp_register() with tags. */
RSP_API int rsp_register_tags(int sd, const unsigned char* poolHandle, const size_t poolHandleSize,
                              const struct rsp_loadinfo* loadinfo, const unsigned int reregistrationInterval,
                              const int flags, struct TagItem* tags);
/** rsp_deregister() with tags. */
RSP_API int rsp_deregister_tags(int sd, int flags, struct TagItem* tags);
/** rsp_accept() with tags. */
RSP_API int rsp_accept_tags(int sd, int timeout, struct TagItem* tags);
/** rsp_connect() with tags. */
RSP_API int rsp_connect_tags(int sd, const unsigned char* poolHandle, const size_t poolHandleSize,
                             const unsigned int staleCacheValue, struct TagItem* tags);
/** rsp_forcefailover() with tags. */
RSP_API int rsp_forcefailover_tags(int sd, const unsigned int flags, const unsigned int staleCacheValue,
                                   struct TagItem* tags);

#ifdef __cplusplus
}
#endif

#endif
