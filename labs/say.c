/* SPDX-License-Identifier: MIT */
#include "labs/say.h"

#include <stdlib.h>
#include <string.h>

const char *const language_names[] = {"en", "zh_CN", NULL};

static const char *const sayings[SAYINGS][LANGUAGES] = {
	[SAY_PROMPT] = {"? %u of %u> ", "? 第 %u 题，共 %u 题> "},
	[SAY_PROMPT_HELP] =
		{"Type the answer, or: hint, skip, quit, | PROGRAM.",
		 "请输入答案，或者：hint（提示）、skip（跳过）、quit（退出）、| 程序。"},
	[SAY_PROGRAM] = {"Your program says: %s", "你的程序回答：%s"},
	[SAY_PROGRAM_FAILED] = {"Your program has given no answer: %s.",
				"你的程序没有给出答案：%s。"},
	[SAY_PROGRAM_SLOW] = {"Your program took longer than 10 s, and was ended.",
			      "你的程序运行超过 10 秒，已被终止。"},
	[SAY_PROGRAM_SILENT] = {"Your program has printed nothing: its last line is the answer.",
				"你的程序没有输出：它输出的最后一行就是答案。"},
	[SAY_PROGRAM_STOPPED] = {"Your program was stopped.", "你的程序已被停止。"},
	[SAY_PROGRAM_LONG] = {"That is more than a line holds: 254 octets.",
			      "这超过了一行的长度：254 个字节。"},
	[SAY_PROGRAM_NOBODY] = {"It runs as nobody: put it where everybody may read it.",
				"它以 nobody 的身份运行：请放在所有人都能读取的地方。"},
	[SAY_PROGRAM_TYPED] = {"A program is run only where somebody types its name at a terminal.",
			       "只有在终端上键入程序名，才会运行程序。"},
	[SAY_NO_MORE_HINTS] = {"There are no more hints.", "没有更多提示了。"},
	[SAY_QUIT] = {"You left before the end: nothing is kept.", "中途退出，未保存。"},
	[SAY_RIGHT] = {"Right: %s.", "正确：%s。"},
	[SAY_WRONG] = {"Not %s, but %s.", "不是 %s，而是 %s。"},
	[SAY_UNSEEN] = {"%s: the packets of this run do not show it.",
			"%s：这次运行的报文没有显示它。"},
	[SAY_SKIPPED] = {"Skipped; it was %s.", "已跳过；答案是 %s。"},
	[SAY_HINTED] = {"Hint %u: ", "提示 %u："},
	[SAY_LEFT_OPEN] = {"Where ... stands, the number comes with a run: synfin lab run %u",
			   "... 处的数字要运行后才有：synfin lab run %u"},
	[SAY_SCORE] = {"%u of %u right.", "答对 %u 题，共 %u 题。"},
	[SAY_PASSED] = {"Passed. Hand it in with: synfin lab submit %s",
			"通过。提交：synfin lab submit %s"},
	[SAY_NOT_PASSED] = {"Not passed yet. Other numbers, same rules: synfin lab run %s",
			    "尚未通过。换一组数字再试一次：synfin lab run %s"},
	[SAY_NEXT] = {"Go on with: synfin lab next", "继续：synfin lab next"},
	[SAY_ALL_DONE] = {"All exercises are passed. That was the last one.",
			  "所有练习都已通过，这是最后一个。"},
	[SAY_STORED] = {"No sandbox here (%s): this is the stored capture of the exercise.",
			"此处无法建立沙箱（%s）：下面是该练习已存的抓包。"},
	[SAY_AS_ROOT] = {"Live, if you may: %s", "若有权限，可实际运行：%s"},
	[SAY_CALLS] = {"system calls", "系统调用"},
	[SAY_TITLE] = {"Exercise %s (%u of %u): %s", "练习 %s（第 %u 个，共 %u 个）：%s"},
	[SAY_PROGRESS] = {"%u of %u exercises passed.", "已通过 %u 个练习，共 %u 个。"},
	[SAY_NEVER_RUN] = {"never run", "未做"},
	[SAY_EXERCISE_GOOD] = {"%s: nothing is wrong with it.\n", "%s：没有发现问题。\n"},
	[SAY_SUBMITTED] = {"%u passed, in the folder '%s'. Pack it, and hand it in as your teacher "
			   "says.",
			   "已通过 %u 个，已放入文件夹 '%s'。请打包，并按老师的要求提交。"},
};

const char *lab_says(enum language l, enum say what)
{
	return sayings[what][l];
}

static const char *const kinds[][LANGUAGES] = {
	{"A number is wanted: 1001, 0x3e9, x+1.", "请输入一个数：1001、0x3e9、x+1。"},
	{"A time in seconds is wanted: 3.1, 200ms.", "请输入时间（秒）：3.1、200ms。"},
	{"Flags are wanted: SYN,ACK or SA, or none.", "请输入标志位：SYN,ACK 或 SA，没有则 none。"},
	{"A state is wanted: SYN-RECEIVED, TIME-WAIT ...",
	 "请输入状态名：SYN-RECEIVED、TIME-WAIT……"},
	{"One letter of the list is wanted: a, b ...", "请输入选项的字母：a、b……"},
	{"Numbers are wanted: 1,2,3 or 1-3, or none.", "请输入编号：1,2,3 或 1-3，没有则 none。"},
};

const char *lab_says_kind(enum language l, unsigned kind)
{
	return kinds[kind][l];
}

enum language language_of_user(void)
{
	static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (int i = 0; i < 3; i++) {
		const char *value = getenv(variables[i]);
		if (value && *value)
			return strncmp(value, "zh", 2) == 0 ? CHINESE : ENGLISH;
	}
	return ENGLISH;
}
