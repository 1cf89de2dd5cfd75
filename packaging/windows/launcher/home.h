/* Which version starts: the folder that `current` names, else the one that `previous` names. A file
 * of it stays open for as long as this process runs.
 *
 * app/adapters/versions.py writes both, each in one step; a version's folder has its name only when
 * all of it is there.
 */
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

enum { ROOM = 32768 };

/* The folder of this file, without the last backslash. */
static int own_folder(wchar_t *folder)
{
    DWORD length = GetModuleFileNameW(NULL, folder, ROOM);
    if (length == 0 || length >= ROOM)
        return 0;
    wchar_t *slash = wcsrchr(folder, L'\\');
    if (slash != NULL)
        *slash = 0;
    return 1;
}

/* python\python313.dll of a version: its minor number is the version's own business. */
static int find_library(const wchar_t *home, wchar_t *library)
{
    static wchar_t pattern[ROOM];
    WIN32_FIND_DATAW found;
    swprintf(pattern, ROOM, L"%ls\\python\\python3*.dll", home);
    HANDLE search = FindFirstFileW(pattern, &found);
    int there = 0;
    if (search == INVALID_HANDLE_VALUE)
        return 0;
    do {
        /* Not python3.dll, which only passes on. */
        if (wcslen(found.cFileName) > wcslen(L"python3.dll")) {
            swprintf(library, ROOM, L"%ls\\python\\%ls", home, found.cFileName);
            there = 1;
        }
    } while (!there && FindNextFileW(search, &found));
    FindClose(search);
    return there;
}

/* `way`: the version's folder, of this one and of the version's name. */
static int of_pointer(const wchar_t *folder, const wchar_t *name, const wchar_t *way, wchar_t *home,
                      wchar_t *library)
{
    static wchar_t path[ROOM];
    char line[64] = "";
    DWORD count = 0;
    swprintf(path, ROOM, L"%ls\\%ls", folder, name);
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 0;
    BOOL read = ReadFile(file, line, sizeof line - 1, &count, NULL);
    CloseHandle(file);
    if (!read || count == 0)
        return 0;
    line[strcspn(line, "\r\n")] = 0;
    /* Digits and points: it is never a way out of the folder. */
    if (line[0] == 0 || line[strspn(line, "0123456789.")] != 0 || line[0] == '.')
        return 0;
    swprintf(home, ROOM, way, folder, line);
    return find_library(home, library);
}

/* Loaded libraries do not keep Windows from renaming a folder; a file that is open in it does. It
 * goes with the process: until then nobody takes the version away, also nobody in another session. */
static void hold(const wchar_t *home)
{
    static wchar_t path[ROOM];
    swprintf(path, ROOM, L"%ls\\SHA256SUMS", home);
    CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
}

/* 0 where no version can start. The third way is for a power cut while the installer was replacing
 * a version by itself: for that moment it has only this name. */
static int find_home(wchar_t *folder, wchar_t *home, wchar_t *library)
{
    static const wchar_t whole[] = L"%ls\\versions\\%hs", moved[] = L"%ls\\versions\\.%hs.old";
    int there = own_folder(folder) && (of_pointer(folder, L"current", whole, home, library) ||
                                       of_pointer(folder, L"previous", whole, home, library) ||
                                       of_pointer(folder, L"current", moved, home, library));
    if (there)
        hold(home);
    return there;
}
