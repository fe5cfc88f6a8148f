#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "tests/unit/played.h"
int main(void){ const char *s[]={"l1 c0 . d0=5 . d1=7 .","c0 c1 .","c0 .","e1 l1 c0 . f0 .","p0 m1 e1 l1 c0 . d0=2000 f0 .","x0 l1 c0 . f1 . f0 .","l1 c0 . a0 .","l0 e0 c1 . f1 .","w1=0 l1 c0 . d0=9 .","m1 l1 c0 . d1=5 d0=6 ."};
 for(size_t i=0;i<sizeof s/sizeof *s;i++){struct world *w=world_new(4294967000,4294967290); world_play(w,s[i]); if (s[i][0]=='w'){world_wait(w); world_run(w,false);world_wait(w); world_run(w,false);} printf("== %s\n%s",s[i],w->told); world_free(w);}
 struct world *w=world_new(4294967000,4294967290); w->lost=4; world_play(w,"e1 l1 c0 d0=5 f0"); world_run(w,true); puts(w->told); world_free(w); return 0;}
