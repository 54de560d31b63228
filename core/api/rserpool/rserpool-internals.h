/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * For programs written for rsplib: the name under which they look for kolam/rserpool_tags.h. */
#include "kolam/rserpool_tags.h"
