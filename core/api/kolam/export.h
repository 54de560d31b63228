// SPDX-License-Identifier: GPL-3.0-or-later
/// @file
/// What libkolam shows to other programs. Nothing without this mark leaves the library.
#pragma once

#if __cplusplus < 202100L
#error "The C++ API of libkolam needs C++23 (-std=c++23); its C API is in kolam/rserpool.h."
#endif

/// Marks a class or function as a part of the library's interface.
#define KOLAM_API __attribute__((visibility("default")))
