; The steps of installer.nsi. Every program is called by its whole path: one that lies beside the
; installer, in a folder of downloads, is not Windows' own.
!define SC "$SYSDIR\sc.exe"
!define NET "$SYSDIR\net.exe"
!define NETSH '"$SYSDIR\netsh.exe" advfirewall firewall'
!define SCHTASKS "$SYSDIR\schtasks.exe"
; SDDL: administrators and the system all; users (S-1-5-32-545) read; the hub's account modifies.
!define OURS "D:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)"
!define READ "(A;OICI;0x1200a9;;;S-1-5-32-545)"
!define HUBS "(A;OICI;0x1301bf;;;LS)"

!macro Tell WORDS
  DetailPrint `${WORDS}`
  ${If} $Log != ""
    FileWriteUTF16LE $Log `${WORDS}$\r$\n`
  ${EndIf}
!macroend
!define Tell "!insertmacro Tell"

; The hub that was there goes on, also where the installation does not.
!macro StartHub
  ${If} $Served == 1
    nsExec::Exec '"${NET}" start ${SERVICE}'
    Pop $0
    ${Tell} "service ${SERVICE} started: $0"
  ${EndIf}
!macroend

; The words are the last line of the log.
!macro Refuse CODE WORDS
  !insertmacro StartHub
  ${Tell} `${WORDS}`
  MessageBox MB_OK|MB_ICONSTOP `${WORDS}` /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend
!define Refuse "!insertmacro Refuse"

; Refuses while it runs. ERROR_ACCESS_DENIED (5): it runs, for somebody else.
!macro NotWhileItRuns
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "Global\Gwanje") p .R0 ?e'
  Pop $R1
  ${If} $R0 != 0
    System::Call 'kernel32::CloseHandle(p R0)'
  ${EndIf}
  ${If} $R0 != 0
  ${OrIf} $R1 == 5
    ${Refuse} 4 "$(RUNS)"
  ${EndIf}
!macroend
!define NotWhileItRuns "!insertmacro NotWhileItRuns"

; Stops the hub's service of FOLDER and waits; $Served becomes 1 where it is set up.
!macro StopHub FOLDER
  nsExec::Exec '"${SC}" query ${SERVICE}'
  Pop $R0
  ${If} $R0 == 0
    StrCpy $Served 1
    nsExec::Exec '"${SC}" stop ${SERVICE}'
    Pop $R0
    ; It has half a minute (launcher/service.c); until then its files are in use.
    ${For} $R1 1 80
      nsExec::Exec '"$SYSDIR\cmd.exe" /d /c $SYSDIR\sc.exe query ${SERVICE} | $SYSDIR\find.exe "STOPPED"'
      Pop $R0
      ${If} $R0 == 0
        ; Stopped is what it says; its process ends a moment later.
        ${IfNot} ${FileExists} "${FOLDER}\gwanje-hub-service.exe"
          ${ExitFor}
        ${EndIf}
        ClearErrors
        FileOpen $R2 "${FOLDER}\gwanje-hub-service.exe" a
        ${IfNot} ${Errors}
          FileClose $R2
          ${ExitFor}
        ${EndIf}
      ${EndIf}
      Sleep 500
    ${Next}
    ${If} $R1 > 80
      ${Refuse} 4 "$(STAYS)"
    ${EndIf}
  ${EndIf}
!macroend
!define StopHub "!insertmacro StopHub"

; A link would lead what the system's own account writes to a place of somebody's choosing.
!macro NoLink FOLDER
  System::Call 'kernel32::GetFileAttributesW(w "${FOLDER}") i .R0'
  ${If} $R0 != -1 ; not there
    IntOp $R0 $R0 & 0x400 ; FILE_ATTRIBUTE_REPARSE_POINT
    ${If} $R0 != 0
      ${Refuse} 2 "$(LINKED) ${FOLDER}"
    ${EndIf}
  ${EndIf}
!macroend

!macro Icacls WHAT
  nsExec::Exec '"$SYSDIR\icacls.exe" ${WHAT} /C /L /Q'
  Pop $R0
  ${If} $R0 != 0
    ${Tell} `icacls ${WHAT}: $R0`
  ${EndIf}
!macroend
!define Icacls "!insertmacro Icacls"

; Makes FOLDER one of administrators: whoever made it first neither owns it nor keeps a right in it.
; RIGHTS replaces all that were there in one step, and takes over nothing from above. Accounts by
; their numbers: the names are other ones in a Korean Windows. Clobbers $R0 to $R4.
!macro Guard FOLDER RIGHTS
  !insertmacro NoLink "${FOLDER}"
  ClearErrors
  CreateDirectory "${FOLDER}"
  ${If} ${Errors}
    ${Refuse} 2 "$(WRITE) ${FOLDER}"
  ${EndIf}
  ${Icacls} '"${FOLDER}" /setowner *S-1-5-32-544'
  StrCpy $R4 "${RIGHTS}"
  System::Call 'advapi32::ConvertStringSecurityDescriptorToSecurityDescriptorW(w R4, i 1, *p .R1, p 0) i .R0'
  System::Call 'advapi32::GetSecurityDescriptorDacl(p R1, *i .R2, *p .R3, *i .R2) i .R0'
  ; SE_FILE_OBJECT; DACL and PROTECTED_DACL_SECURITY_INFORMATION
  System::Call 'advapi32::SetNamedSecurityInfoW(w "${FOLDER}", i 1, i 0x80000004, p 0, p 0, p R3, p 0) i .R0'
  System::Call 'kernel32::LocalFree(p R1)'
  ${If} $R0 != 0
    ${Tell} "rights: error $R0"
    ${Refuse} 2 "$(RIGHTS) ${FOLDER}"
  ${EndIf}
  ; Again, now that nobody can put one there.
  !insertmacro NoLink "${FOLDER}"
!macroend
!define Guard "!insertmacro Guard"

; What others made below FOLDER before follows its rights.
!macro Sweep FOLDER
  ${Icacls} '"${FOLDER}\*" /setowner *S-1-5-32-544 /T'
  ${Icacls} '"${FOLDER}\*" /reset /T'
!macroend
!define Sweep "!insertmacro Sweep"

; %PROGRAMDATA%\gwanje: anybody may make a folder in there, and would be the first.
Function GuardData
  ReadEnvStr $0 ProgramData
  ${Guard} "$0\gwanje" "${OURS}${READ}"
  FindFirst $1 $2 "$0\gwanje\*.*"
  ${DoWhile} $2 != ""
    ${If} $2 != "."
    ${AndIf} $2 != ".."
    ${AndIf} $2 != "hub" ; has rights of its own, and is not to be open for a moment
      ${Icacls} '"$0\gwanje\$2" /setowner *S-1-5-32-544 /T'
      ${Icacls} '"$0\gwanje\$2" /reset /T'
    ${EndIf}
    FindNext $1 $2
  ${Loop}
  FindClose $1
  ${If} ${FileExists} "$0\gwanje\hub\*.*"
    ${Guard} "$0\gwanje\hub" "${OURS}${HUBS}"
  ${EndIf}
FunctionEnd

; All that was written is on the disk before the name of what starts changes.
!macro Flush
  StrCpy $R1 $INSTDIR 2
  System::Call 'kernel32::CreateFileW(w "\\.\$R1", i 0xC0000000, i 3, p 0, i 3, i 0, p 0) p .R0'
  ${If} $R0 != -1
    System::Call 'kernel32::FlushFileBuffers(p R0) i .R1'
    System::Call 'kernel32::CloseHandle(p R0)'
  ${EndIf}
!macroend

; In one step, and on the disk when it returns (REPLACE_EXISTING, WRITE_THROUGH).
!macro Swap FROM TO
  System::Call 'kernel32::MoveFileExW(w "$INSTDIR\${FROM}", w "$INSTDIR\${TO}", i 9) i .R0'
  ${If} $R0 == 0
    ${Refuse} 2 "$(WRITE) $INSTDIR\${TO}"
  ${EndIf}
!macroend
!define Swap "!insertmacro Swap"

; One file of the tree's own folder; launchers.nsh names them.
!macro Launcher NAME
  ClearErrors
  File "/oname=${NAME}.new" "${TREE}\${NAME}"
  ${If} ${Errors}
    ${Refuse} 2 "$(WRITE) $INSTDIR\${NAME}"
  ${EndIf}
  ${Swap} "${NAME}.new" "${NAME}"
!macroend

; Every version but $R9, whole or half. Ours are digits and points: what others put there stays.
!macro RemoveVersions UN
Function ${UN}RemoveVersions
  FindFirst $R0 $R1 "$INSTDIR\versions\*.*"
  ${DoWhile} $R1 != ""
    ${If} $R1 != "."
    ${AndIf} $R1 != ".."
    ${AndIf} $R1 != $R9
      StrCpy $R2 $R1 1
      System::Call 'shlwapi::StrSpnW(w R1, w "0123456789.") i .R3'
      StrLen $R4 $R1
      ${If} $R2 == "."
      ${OrIf} $R3 == $R4
        RMDir /r "$INSTDIR\versions\$R1"
        Delete "$INSTDIR\versions\$R1"
      ${EndIf}
    ${EndIf}
    FindNext $R0 $R1
  ${Loop}
  FindClose $R0
FunctionEnd
!macroend
!insertmacro RemoveVersions ""
!insertmacro RemoveVersions "un."

; $0 becomes 1 where the folder $INSTDIR was nobody's but ours: this program's, a new or an empty
; one, or one below Program Files, where only administrators put things.
Function Alone
  StrCpy $0 1
  ${If} $INSTDIR == $BeforeAt
    Return
  ${EndIf}
  StrLen $1 "$PROGRAMFILES64\"
  StrCpy $2 $INSTDIR $1
  ${If} $2 == "$PROGRAMFILES64\"
    Return
  ${EndIf}
  FindFirst $1 $2 "$INSTDIR\*.*"
  ${DoWhile} $2 != ""
    ${If} $2 != "."
    ${AndIf} $2 != ".."
      StrCpy $0 0
    ${EndIf}
    FindNext $1 $2
  ${Loop}
  FindClose $1
FunctionEnd

; Refuses what cannot work before anything is written.
Function Look
  ${NotWhileItRuns}
  StrLen $0 $INSTDIR
  ${If} $0 > ${MOST_LETTERS}
    ${Refuse} 2 "$(LONG) $INSTDIR"
  ${EndIf}
  Call Alone
  ${If} $0 != 1
    ${Refuse} 2 "$(FILLED) $INSTDIR"
  ${EndIf}
  ; A folder that is there, for the disk's sake.
  StrCpy $1 $INSTDIR
  ${DoUntil} ${FileExists} "$1\*.*"
    ${GetParent} $1 $1
    ${If} $1 == ""
      ${Refuse} 2 "$(WRITE) $INSTDIR"
    ${EndIf}
  ${Loop}
  System::Call 'kernel32::GetDiskFreeSpaceExW(w r1, *l .r2, p 0, p 0) i .r3'
  ${If} $3 != 0
    System::Int64Op $2 / 1000000
    Pop $2
    ${If} $2 < ${NEEDED_MB}
      ${Refuse} 2 "$(FULL) $1 ($2 MB)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; The version beside the others, whole before it has its name: a cut leaves one that starts, also
; where it replaces the same one (then `.old` has a moment of its own: launcher/home.h).
!macro PutVersion
  RMDir /r "$INSTDIR\versions\.${VERSION}.part"
  ClearErrors
  SetOutPath "$INSTDIR\versions\.${VERSION}.part"
  File /r "${TREE}\versions\${VERSION}\*.*"
  ${If} ${Errors}
    ${Refuse} 2 "$(WRITE) $INSTDIR\versions"
  ${EndIf}
  ; Windows renames no folder in which somebody stands.
  SetOutPath "$INSTDIR"
  !insertmacro Flush
  ${If} ${FileExists} "$INSTDIR\versions\${VERSION}\*.*"
    RMDir /r "$INSTDIR\versions\.${VERSION}.old"
    ClearErrors
    Rename "$INSTDIR\versions\${VERSION}" "$INSTDIR\versions\.${VERSION}.old"
    ${If} ${Errors}
      ${Refuse} 4 "$(RUNS)"
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\versions\.${VERSION}.part" "$INSTDIR\versions\${VERSION}"
  ${If} ${Errors}
    Rename "$INSTDIR\versions\.${VERSION}.old" "$INSTDIR\versions\${VERSION}"
    ${Refuse} 2 "$(WRITE) $INSTDIR\versions\${VERSION}"
  ${EndIf}
!macroend

!macro RemoveTasks
  nsExec::Exec '"${SCHTASKS}" /Delete /F /TN "${TASKS} at start"'
  Pop $1
  nsExec::Exec '"${SCHTASKS}" /Delete /F /TN "${TASKS} nightly"'
  Pop $1
!macroend

; The tasks by the system's own account, for operators may not write here: at start, and every
; night. $Updates is the folder, 1 for that of the settings, 0 for none, empty for what was.
Function PutTasks
  ${If} $Updates == ""
    ; Those that are there follow the program to its folder.
    ReadRegStr $Updates HKLM "${KEY}" "Updates"
    nsExec::Exec '"${SCHTASKS}" /Query /TN "${TASKS} nightly"'
    Pop $0
    ${If} $0 != 0
    ${OrIf} $Updates == ""
      Return
    ${EndIf}
  ${EndIf}
  ${If} $Updates == 0
    !insertmacro RemoveTasks
    DeleteRegValue HKLM "${KEY}" "Updates"
    ${Tell} "looks for no updates"
    Return
  ${EndIf}
  StrCpy $2 '\"$INSTDIR\gwanje-update.exe\"'
  ${If} $Updates != 1
    ; A backslash at the end would swallow the quote behind it; a drive alone is no folder.
    StrCpy $3 $Updates 1 -1
    ${If} $3 == "\"
      StrCpy $Updates $Updates -1
    ${EndIf}
    StrCpy $3 $Updates 1 -1
    ${If} $3 == ":"
      StrCpy $Updates "$Updates\."
    ${EndIf}
    StrCpy $2 '$2 \"$Updates\"'
  ${EndIf}
  nsExec::Exec `"${SCHTASKS}" /Create /F /TN "${TASKS} at start" /SC ONSTART /RU SYSTEM /TR "$2"`
  Pop $0
  nsExec::Exec `"${SCHTASKS}" /Create /F /TN "${TASKS} nightly" /SC DAILY /ST 04:10 /RU SYSTEM /TR "$2"`
  Pop $1
  WriteRegStr HKLM "${KEY}" "Updates" "$Updates"
  ${If} $0 == 0
  ${AndIf} $1 == 0
    ${Tell} "looks for updates in $Updates"
  ${Else}
    ${Tell} "the tasks that look for updates could not be made: schtasks $0 $1"
  ${EndIf}
FunctionEnd

; One port, whatever listens there: the hub's program has another path in every version.
Function PutFirewall
  ${If} $Firewall == ""
    nsExec::Exec '${NETSH} show rule name="Gwanje"'
    Pop $0
    ${If} $0 != 0
      Return
    ${EndIf}
    StrCpy $Firewall 1
  ${EndIf}
  nsExec::Exec '${NETSH} delete rule name="Gwanje"'
  Pop $0
  ${If} $Firewall == 1
    nsExec::Exec '${NETSH} add rule name="Gwanje" dir=in action=allow protocol=TCP localport=${PORT} profile=domain,private'
    Pop $0
    ${Tell} "firewall rule for port ${PORT}: $0"
  ${EndIf}
FunctionEnd

; The service, where it is wanted or there: always with the path of this folder.
Function PutService
  ReadEnvStr $0 ProgramData
  StrCpy $2 '"$INSTDIR\gwanje-hub-service.exe" --data "$0\gwanje\hub"'
  nsExec::Exec '"${SC}" query ${SERVICE}'
  Pop $1
  ${If} $1 != 0
    nsExec::Exec `"${SC}" create ${SERVICE} binPath= "$INSTDIR\gwanje-hub-service.exe" start= auto obj= "NT AUTHORITY\LocalService" DisplayName= "Gwanje Hub"`
    Pop $1
    ${Tell} "service ${SERVICE}: $1"
  ${EndIf}
  ; Its path, and as long as it takes to stop at a shutdown (SERVICE_CONFIG_PRESHUTDOWN_INFO, ms):
  ; Windows 10 leaves it ten seconds, and sc has no word for that. -1: SERVICE_NO_CHANGE.
  System::Call 'advapi32::OpenSCManagerW(p 0, p 0, i 1) p .R0'
  System::Call 'advapi32::OpenServiceW(p R0, w "${SERVICE}", i 2) p .R1'
  System::Call 'advapi32::ChangeServiceConfigW(p R1, i -1, i -1, i -1, w r2, p 0, p 0, p 0, p 0, p 0, p 0) i .R2'
  System::Call 'advapi32::ChangeServiceConfig2W(p R1, i 7, *i 40000) i .R3'
  System::Call 'advapi32::CloseServiceHandle(p R1)'
  System::Call 'advapi32::CloseServiceHandle(p R0)'
  ${If} $R2 == 0
    ${Tell} "the path of the service ${SERVICE} could not be set"
  ${EndIf}
  ${If} $R3 == 0
    ${Tell} "the time of the service ${SERVICE} at a shutdown could not be set"
  ${EndIf}
  nsExec::Exec '"${SC}" description ${SERVICE} "관제 허브. Gwanje, the central server of a control room."'
  Pop $1
  ; Again after 5, 10 and 60 seconds, counted anew after a day; also where it says that it failed.
  nsExec::Exec '"${SC}" failure ${SERVICE} reset= 86400 actions= restart/5000/restart/10000/restart/60000'
  Pop $1
  nsExec::Exec '"${SC}" failureflag ${SERVICE} 1'
  Pop $1
FunctionEnd
