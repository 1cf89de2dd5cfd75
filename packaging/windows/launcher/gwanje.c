/* Starts the program in this process: the Python of the version that `current` names is loaded.
 *
 * GWANJE_MODULE (at compile time): run `-m` that module, else program\main.py.
 */
#include "home.h"
#include <sddl.h>

typedef int (*PyMain)(int, wchar_t **);

static int fail(const wchar_t *what)
{
    MessageBoxW(NULL, what, L"Gwanje", MB_OK | MB_ICONERROR);
    return 3;
}

/* The installer asks for it: nothing is replaced while it runs. It goes with the process. Everybody
 * may ask: by default an administrator of another session would be denied, and take it for absent.
 * Whoever comes second opens it, also another user's. */
static void say_that_it_runs(void)
{
    SECURITY_ATTRIBUTES rights = {sizeof rights, NULL, FALSE};
    ConvertStringSecurityDescriptorToSecurityDescriptorW(
        L"D:(A;;0x100000;;;WD)(A;;GA;;;SY)(A;;GA;;;BA)", SDDL_REVISION_1,
        &rights.lpSecurityDescriptor, NULL);
    CreateMutexExW(&rights, L"Global\\Gwanje", 0, SYNCHRONIZE);
    LocalFree(rights.lpSecurityDescriptor);
}

static int start(int argc, wchar_t **argv)
{
    static wchar_t folder[ROOM], home[ROOM], library[ROOM], path[ROOM];
    PyMain run = NULL;
    /* Never from the current folder: anybody can put a library there. */
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    if (find_home(folder, home, library)) {
        swprintf(path, ROOM, L"%ls\\python", home);
        AddDllDirectory(path);
        HMODULE python = LoadLibraryExW(
            library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
        if (python != NULL)
            run = (PyMain)(void *)GetProcAddress(python, "Py_Main");
    }
    if (run == NULL)
        return fail(L"The folder 'versions' of the program is missing or damaged. Install it again.\n"
                    L"\xd504\xb85c\xadf8\xb7a8\xc758 versions \xd3f4\xb354\xac00 \xc5c6\xac70\xb098 "
                    L"\xc190\xc0c1\xb418\xc5c8\xc2b5\xb2c8\xb2e4. \xb2e4\xc2dc \xc124\xce58\xd558\xc138\xc694.");
    say_that_it_runs();
    wchar_t **given = calloc((size_t)argc + 5, sizeof *given);
    int count = 0;
    if (given == NULL)
        return fail(L"Out of memory.");
    given[count++] = argv[0];
    given[count++] = L"-X";
    given[count++] = L"utf8";
#ifdef GWANJE_MODULE
    given[count++] = L"-m";
    given[count++] = GWANJE_MODULE;
#else
    swprintf(path, ROOM, L"%ls\\program\\main.py", home);
    given[count++] = path;
#endif
    for (int i = 1; i < argc; i++)
        given[count++] = argv[i];
    return run(count, given);
}

#ifdef GWANJE_WINDOW
int WINAPI wWinMain(HINSTANCE me, HINSTANCE before, PWSTR line, int show)
{
    (void)me, (void)before, (void)line, (void)show;
    return start(__argc, __wargv);
}
#else
int wmain(int argc, wchar_t **argv)
{
    return start(argc, argv);
}
#endif
