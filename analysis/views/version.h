/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_VERSION_H
#define SYNFIN_VERSION_H

#define SYNFIN_VERSION "0.1.0"

#endif
