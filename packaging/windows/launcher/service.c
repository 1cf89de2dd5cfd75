/* The hub as a service of Windows: starts python -m app.hub of the current version, and ends it.
 *
 * What stands behind the program in the service's command goes to the hub (--data FOLDER).
 * The hub ends when its input does; a hub that ended by itself is a failed service, which Windows
 * starts again as the installer told it. A job takes the hub along if this process is killed.
 */
#include "home.h"

static wchar_t name[] = L"GwanjeHub";
static SERVICE_STATUS_HANDLE handle;
static SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS};
static HANDLE over;
static int given_count;
static wchar_t **given;

/* Longer than the hub's own stages take to stop, which is more than the five seconds that Windows
 * leaves a service at its shutdown: it is told before (PRESHUTDOWN; installer.nsi sets how long). */
enum { STOP_MS = 30000, START_HINT_MS = 30000 };

static void tell(DWORD state, DWORD hint, DWORD code)
{
    static DWORD point = 1;
    status.dwCurrentState = state;
    status.dwWaitHint = hint;
    status.dwWin32ExitCode = code ? ERROR_SERVICE_SPECIFIC_ERROR : NO_ERROR;
    status.dwServiceSpecificExitCode = code;
    status.dwControlsAccepted =
        state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN : 0;
    status.dwCheckPoint = state == SERVICE_RUNNING || state == SERVICE_STOPPED ? 0 : point++;
    SetServiceStatus(handle, &status);
}

static DWORD WINAPI control(DWORD what, DWORD kind, LPVOID data, LPVOID context)
{
    (void)kind, (void)data, (void)context;
    if (what == SERVICE_CONTROL_STOP || what == SERVICE_CONTROL_PRESHUTDOWN) {
        tell(SERVICE_STOP_PENDING, STOP_MS + 5000, 0);
        SetEvent(over);
        return NO_ERROR;
    }
    return what == SERVICE_CONTROL_INTERROGATE ? NO_ERROR : ERROR_CALL_NOT_IMPLEMENTED;
}

/* "C:\...\python.exe" -X utf8 -m app.hub --until-input-ends and what was given, quoted. */
static int command_line(const wchar_t *home, wchar_t *line)
{
    int used = swprintf(line, ROOM, L"\"%ls\\python\\python.exe\" -X utf8 -m app.hub serve "
                                    L"--until-input-ends", home);
    for (int i = 1; i < given_count && used > 0; i++) {
        /* No path has a quote in it; a backslash before the closing one would swallow it. */
        size_t length = wcslen(given[i]);
        if (wcschr(given[i], L'"') != NULL || (length && given[i][length - 1] == L'\\'))
            return 0;
        int more = swprintf(line + used, ROOM - used, L" \"%ls\"", given[i]);
        used = more < 0 ? 0 : used + more;
    }
    return used > 0;
}

static HANDLE start_hub(HANDLE input, HANDLE job)
{
    static wchar_t folder[ROOM], home[ROOM], library[ROOM], line[ROOM];
    STARTUPINFOW how = {.cb = sizeof how, .dwFlags = STARTF_USESTDHANDLES, .hStdInput = input};
    SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
    PROCESS_INFORMATION made;
    if (!find_home(folder, home, library) || !command_line(home, line))
        return NULL;
    HANDLE nothing = CreateFileW(L"NUL", GENERIC_WRITE, FILE_SHARE_WRITE, &inherit, OPEN_EXISTING,
                                 0, NULL);
    how.hStdOutput = how.hStdError = nothing;
    BOOL fine = CreateProcessW(NULL, line, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_SUSPENDED,
                               NULL, home, &how, &made);
    CloseHandle(nothing);
    if (!fine)
        return NULL;
    AssignProcessToJobObject(job, made.hProcess);
    ResumeThread(made.hThread);
    CloseHandle(made.hThread);
    return made.hProcess;
}

static DWORD run_hub(void)
{
    SECURITY_ATTRIBUTES inherit = {sizeof inherit, NULL, TRUE};
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {
        .BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE};
    HANDLE job = CreateJobObjectW(NULL, NULL), read, write;
    DWORD code = 1;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    if (!CreatePipe(&read, &write, &inherit, 0))
        return code;
    /* The hub must not hold the end that is closed to end it. */
    SetHandleInformation(write, HANDLE_FLAG_INHERIT, 0);
    HANDLE hub = start_hub(read, job);
    CloseHandle(read);
    if (hub != NULL) {
        HANDLE both[] = {over, hub};
        tell(SERVICE_RUNNING, 0, 0);
        if (WaitForMultipleObjects(2, both, FALSE, INFINITE) == WAIT_OBJECT_0) {
            CloseHandle(write);
            write = NULL;
            if (WaitForSingleObject(hub, STOP_MS) != WAIT_OBJECT_0) {
                TerminateJobObject(job, 1);
                TerminateProcess(hub, 1);
            }
            code = 0;
        } else if (GetExitCodeProcess(hub, &code) && code == 0) {
            code = 1;
        }
        CloseHandle(hub);
    }
    if (write != NULL)
        CloseHandle(write);
    CloseHandle(job);
    return code;
}

static void WINAPI service(DWORD count, LPWSTR *arguments)
{
    (void)count, (void)arguments;
    handle = RegisterServiceCtrlHandlerExW(name, control, NULL);
    if (handle == NULL)
        return;
    tell(SERVICE_START_PENDING, START_HINT_MS, 0);
    over = CreateEventW(NULL, TRUE, FALSE, NULL);
    tell(SERVICE_STOPPED, 0, run_hub());
}

int wmain(int argc, wchar_t **argv)
{
    SERVICE_TABLE_ENTRYW table[] = {{name, service}, {NULL, NULL}};
    given_count = argc;
    given = argv;
    /* Started by hand it is no service: gwanje-hub.exe is for that. */
    return StartServiceCtrlDispatcherW(table) ? 0 : 1;
}
