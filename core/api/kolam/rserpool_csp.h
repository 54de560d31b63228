/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * How the Component Status Protocol names what it reports of: a group, and a number within it. */
#ifndef KOLAM_RSERPOOL_CSP_H
#define KOLAM_RSERPOOL_CSP_H

#include <stdint.h>

#define CID_GROUP_REGISTRAR 0x0001   /**< Registrars. */
#define CID_GROUP_POOLELEMENT 0x0002 /**< Pool elements. */
#define CID_GROUP_POOLUSER 0x0003    /**< Pool users. */

/** The group of an identifier. */
#define CID_GROUP(id) ((UINT64_C(0) + (id)) >> 56)
/** Its number within the group. */
#define CID_OBJECT(id) ((id) & UINT64_C(0x00ffffffffffffff))
/** The identifier of a group's object. */
#define CID_COMPOUND(group, object) (((UINT64_C(0) + (group)) << 56) | CID_OBJECT(object))

#endif
