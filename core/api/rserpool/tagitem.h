/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file
 * For programs written for rsplib: the name under which they look for kolam/tagitem.h. */
#include "kolam/tagitem.h"
