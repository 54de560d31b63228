/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * How a registrar chooses among the elements of a pool (RFC 5356), by the numbers that travel. Next door: rserpool.h.
 */
#ifndef KOLAM_RSERPOOL_POLICIES_H
#define KOLAM_RSERPOOL_POLICIES_H

#define PPT_UNDEFINED 0x00000000 /**< None. */

/* ---- Those that look at nothing but the pool ---- */
#define PPT_ROUNDROBIN 0x00000001          /**< One after the other. */
#define PPT_WEIGHTED_ROUNDROBIN 0x00000002 /**< As often as the weight says. */
#define PPT_RANDOM 0x00000003              /**< Any. */
#define PPT_WEIGHTED_RANDOM 0x00000004     /**< Any, as probably as the weight says. */
#define PPT_PRIORITY 0x00000005            /**< The one of the highest priority, which is its weight. */

/* ---- Those that look at the load ---- */
#define PPT_LEASTUSED 0x40000001             /**< The least load. */
#define PPT_LEASTUSED_DEGRADATION 0x40000002 /**< The least load, to which each selection adds the degradation. */
#define PPT_PRIORITY_LEASTUSED 0x40000003    /**< The least of load and degradation together. */
#define PPT_RANDOMIZED_LEASTUSED 0x40000004  /**< Any, as probably as it is free. */

/* ---- Outside of the RFCs ---- */
#define PPT_RANDOMIZED_PRIORITY_LEASTUSED 0xb0001001             /**< PPT_PRIORITY_LEASTUSED, by chance. */
#define PPT_RANDOMIZED_LEASTUSED_DEGRADATION 0xb0001002          /**< PPT_LEASTUSED_DEGRADATION, by chance. */
#define PPT_PRIORITY_LEASTUSED_DEGRADATION 0xb0001003            /**< Both of degradation and priority. */
#define PPT_RANDOMIZED_PRIORITY_LEASTUSED_DEGRADATION 0xb0001004 /**< The same, by chance. */

/* ---- With a distance penalty factor (DPF) ---- */
#define PPT_WEIGHTED_RANDOM_DPF 0xb0002001                /**< Distance takes from the weight. */
#define PPT_LEASTUSED_DPF 0xb0002002                      /**< Distance adds to the load. */
#define PPT_LEASTUSED_DEGRADATION_DPF 0xb0002003          /**< The same. */
#define PPT_PRIORITY_LEASTUSED_DPF 0xb0002004             /**< Known by number only: it never had a wire format. */
#define PPT_PRIORITY_LEASTUSED_DEGRADATION_DPF 0xb0002005 /**< Known by number only, too. */

/** True for policies that want to be told the load again and again. */
#define PPT_IS_ADAPTIVE(p)                                                                                             \
    ((p) == PPT_LEASTUSED || (p) == PPT_LEASTUSED_DEGRADATION || (p) == PPT_PRIORITY_LEASTUSED ||                      \
     (p) == PPT_RANDOMIZED_LEASTUSED || (p) == PPT_RANDOMIZED_PRIORITY_LEASTUSED ||                                    \
     (p) == PPT_RANDOMIZED_LEASTUSED_DEGRADATION || (p) == PPT_PRIORITY_LEASTUSED_DEGRADATION ||                       \
     (p) == PPT_RANDOMIZED_PRIORITY_LEASTUSED_DEGRADATION || (p) == PPT_LEASTUSED_DPF ||                               \
     (p) == PPT_LEASTUSED_DEGRADATION_DPF || (p) == PPT_PRIORITY_LEASTUSED_DPF ||                                      \
     (p) == PPT_PRIORITY_LEASTUSED_DEGRADATION_DPF)

#define PPV_MIN_WEIGHT 0                    /**< The least weight: never selected. */
#define PPV_MAX_WEIGHT 0xffffffff           /**< The most. */
#define PPV_MIN_LOAD 0                      /**< Idle. */
#define PPV_MAX_LOAD 0xffffffff             /**< Full. */
#define PPV_MIN_LOAD_DEGRADATION 0          /**< A selection adds nothing. */
#define PPV_MAX_LOAD_DEGRADATION 0xffffffff /**< A selection fills it. */
#define PPV_MIN_LOADDPF 0                   /**< Distance adds nothing. */
#define PPV_MAX_LOADDPF 0xffffffff          /**< A millisecond of distance counts as full. */
#define PPV_MIN_WEIGHTDPF 0                 /**< Distance takes nothing. */
#define PPV_MAX_WEIGHTDPF 0xffffffff        /**< A millisecond of distance takes all. */

#endif
