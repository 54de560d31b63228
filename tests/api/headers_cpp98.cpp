// SPDX-License-Identifier: GPL-3.0-or-later
// The C headers, read by a C++98 compiler with all warnings. Next door: headers_c11.c.
#include <kolam/rserpool.h>
#include <kolam/rserpool_tags.h>
#include <rserpool/rserpool-internals.h>
#include <rserpool/rserpool.h>
#include <rserpool/tagitem.h>

struct TagItem kolamHeadersOfCpp98[] = {{TAG_PoolElement_Identifier, 1}, {TAG_DONE, 0}};
