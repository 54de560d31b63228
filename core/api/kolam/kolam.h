// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// All of Kolam's C++ API. The C API is in kolam/rserpool.h.
#pragma once

/// @mainpage Reliable Server Pooling for C and C++ programs
/// Servers of one kind form a pool; a client speaks to the pool, and when its server dies, the session goes on at
/// another one with the state that the last cookie holds (RFC 5351).
///
/// - C++23: kolam::api, all of it by `#include <kolam/kolam.h>`. Begin with blocking.h, or with service.h and
/// session.h.
/// - C: rserpool.h, the API of the RSerPool socket drafts, for which programs of rsplib were written, too.
///
/// The handbook (docs/handbook.md) tells how to write a pooled service, and examples/ has some.

#include "kolam/blocking.h"
#include "kolam/event_loop.h"
#include "kolam/instance.h"
#include "kolam/service.h"
#include "kolam/session.h"
#include "kolam/types.h"
