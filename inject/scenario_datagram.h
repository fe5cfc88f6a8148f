/* SPDX-License-Identifier: MIT */
#ifndef SYNFIN_SCENARIO_DATAGRAM_H
#define SYNFIN_SCENARIO_DATAGRAM_H

#include <lua.h>

/* Functions of `kernel`: a UDP socket; two connected sockets of AF_UNIX. */
int kernel_udp(lua_State *lua);
int kernel_unix(lua_State *lua);

/* Functions of a socket, whose number is the upvalue: sendto(2) to a port, recvfrom(2), which
 * returns the octets and the port that they came from. */
int socket_send_to(lua_State *lua);
int socket_hear_from(lua_State *lua);

#endif
