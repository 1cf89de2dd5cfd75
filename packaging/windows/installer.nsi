; One installer, per machine, Korean and English. Made by installer.py, which defines
;   VERSION NUMBER (four parts) TREE (what is installed) LISTS (folder of remove.nsh) OUTPUT
;   NEEDED_MB (what it takes on the disk) MOST_LETTERS (of the folder's name)
;
; /S silent · /D=FOLDER (last, unquoted) · /LOG=FILE · /AUTOSTART=1 · /FIREWALL=1 · /HUB=1 ·
; /UPDATES=FOLDER (or 1: as set) · /PROVISION=FILE
; Exit codes: 0 done · 1 given up by a person · 2 failed · 3 no rights · 4 the program runs ·
;             5 a newer version is there · 6 installed, but the provisioning file was refused
; The uninstaller takes /S, /PURGE (this user's data as well), /PURGE=HUB (the hub's, too).
;
; Each version has a folder of its own, and `current` names the one that starts: it is replaced in
; one step when the new version is whole, so that a power cut at any moment leaves one that starts.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
SetDateSave off
AllowRootDirInstall false
AllowSkipFiles off
RequestExecutionLevel admin
!ifdef SOLID
  SetCompressor /SOLID lzma
!else
  SetCompressor zlib
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh
!include WordFunc.nsh
!include x64.nsh

!define KEY "Software\Gwanje"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Gwanje"
!define SERVICE "GwanjeHub"
!define TASKS "Gwanje Update"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
; Windows' own table of messages for the numbers up to 1000: each is the sentence that was given.
!define EVENTS "SYSTEM\CurrentControlSet\Services\EventLog\Application\Gwanje"

Name "$(NAME)"
OutFile "${OUTPUT}"
InstallDir "$PROGRAMFILES64\Gwanje"
BrandingText "Gwanje ${VERSION}"
VIProductVersion "${NUMBER}"
VIAddVersionKey /LANG=1042 "ProductName" "관제 Gwanje"
VIAddVersionKey /LANG=1042 "FileDescription" "관제 Gwanje 설치"
VIAddVersionKey /LANG=1042 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1042 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1042 "LegalCopyright" "Apache-2.0; THIRD_PARTY_NOTICES.md"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${LISTS}\gwanje.ico"
!define MUI_UNICON "${LISTS}\gwanje.ico"
!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${LISTS}\side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${LISTS}\side.bmp"
!define MUI_WELCOMEPAGE_TITLE "$(WELCOME)"
!define MUI_WELCOMEPAGE_TEXT "$(ABOUT)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${TREE}\versions\${VERSION}\THIRD_PARTY_NOTICES.md"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\gwanje.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Korean"
!insertmacro MUI_LANGUAGE "English"

LangString NAME ${LANG_KOREAN} "관제"
LangString NAME ${LANG_ENGLISH} "Gwanje"
LangString WELCOME ${LANG_KOREAN} "관제 ${VERSION} 설치"
LangString WELCOME ${LANG_ENGLISH} "Install Gwanje ${VERSION}"
LangString ABOUT ${LANG_KOREAN} "스마트시티 관제센터의 영상벽 프로그램을 이 컴퓨터에 설치합니다. 인터넷은 필요 없습니다.$\r$\n$\r$\n이미 설치되어 있으면 그 자리에서 새 버전으로 올리고, 자료와 설정은 그대로 둡니다.$\r$\n$\r$\n허브(중앙 서버)는 서버로 쓸 컴퓨터에서만 고르세요."
LangString ABOUT ${LANG_ENGLISH} "The video wall of a smart city's control room will be installed on this computer. No internet is needed.$\r$\n$\r$\nWhere it is installed already, it is brought up to this version in its place; data and settings stay.$\r$\n$\r$\nChoose the hub (central server) only where this computer is the server."
LangString RUNS ${LANG_KOREAN} "관제가 실행 중입니다. 모든 창을 닫고 다시 설치하세요."
LangString RUNS ${LANG_ENGLISH} "Gwanje is running. Close all its windows and try again."
LangString NEWER ${LANG_KOREAN} "더 새로운 버전이 설치되어 있습니다:"
LangString NEWER ${LANG_ENGLISH} "A newer version is installed:"
LangString NORIGHT ${LANG_KOREAN} "관리자 권한이 필요합니다."
LangString NORIGHT ${LANG_ENGLISH} "Administrator rights are needed."
LangString BITS ${LANG_KOREAN} "64비트 Windows 10 이상이 필요합니다."
LangString BITS ${LANG_ENGLISH} "Windows 10 or later, 64 bit, is needed."
LangString WRITE ${LANG_KOREAN} "이 폴더에 쓸 수 없습니다. 권한과 디스크를 확인하세요:"
LangString WRITE ${LANG_ENGLISH} "This folder cannot be written. Look at its rights and at the disk:"
LangString LONG ${LANG_KOREAN} "폴더 이름이 너무 깁니다. ${MOST_LETTERS}자 이하인 폴더를 고르세요:"
LangString LONG ${LANG_ENGLISH} "The folder's name is too long. Choose one of at most ${MOST_LETTERS} letters:"
LangString FULL ${LANG_KOREAN} "디스크 공간이 부족합니다. ${NEEDED_MB} MB가 필요합니다:"
LangString FULL ${LANG_ENGLISH} "Not enough space on the disk; ${NEEDED_MB} MB are needed:"
LangString PROVISION ${LANG_KOREAN} "설치했지만 초기 설정 파일에 잘못이 있습니다:"
LangString PROVISION ${LANG_ENGLISH} "It is installed, but the provisioning file is wrong:"
LangString CONSOLE ${LANG_KOREAN} "관제 프로그램"
LangString CONSOLE ${LANG_ENGLISH} "The console"
LangString HUB ${LANG_KOREAN} "허브(중앙 서버) 서비스: 서버로 쓸 컴퓨터에만"
LangString HUB ${LANG_ENGLISH} "The hub (central server) as a service: only where it is the server"

Var Log
Var Autostart
Var Firewall
Var Before
Var BeforeAt
Var Updates
Var Provision
Var Served

!macro Tell WORDS
  DetailPrint `${WORDS}`
  ${If} $Log != ""
    FileWriteUTF16LE $Log `${WORDS}$\r$\n`
  ${EndIf}
!macroend
!define Tell "!insertmacro Tell"

!macro Refuse CODE WORDS
  ${Tell} `${WORDS}`
  MessageBox MB_OK|MB_ICONSTOP `${WORDS}` /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend
!define Refuse "!insertmacro Refuse"

; $R0 becomes 0 where it does not run.
!macro Running
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "Global\Gwanje") p .R0'
  ${If} $R0 != 0
    System::Call 'kernel32::CloseHandle(p R0)'
  ${EndIf}
!macroend

; Stops the hub's service and waits; $Served becomes 1 where it is set up.
!macro StopHub
  StrCpy $Served 0
  nsExec::Exec 'sc query ${SERVICE}'
  Pop $R0
  ${If} $R0 == 0
    StrCpy $Served 1
    nsExec::Exec 'sc stop ${SERVICE}'
    Pop $R0
    ; It has half a minute (launcher/service.c); until then its files are in use.
    ${For} $R1 1 80
      nsExec::Exec 'cmd /c sc query ${SERVICE} | find "STOPPED"'
      Pop $R0
      ${If} $R0 == 0
        ${ExitFor}
      ${EndIf}
      Sleep 500
    ${Next}
  ${EndIf}
!macroend

; Every version but $R9 that is whole or half: SHA256SUMS and the point in front mark ours.
!macro RemoveVersions UN
Function ${UN}RemoveVersions
  FindFirst $R0 $R1 "$INSTDIR\versions\*.*"
  ${DoWhile} $R1 != ""
    ${If} $R1 != "."
    ${AndIf} $R1 != ".."
    ${AndIf} $R1 != $R9
      StrCpy $R2 $R1 1
      ${If} $R2 == "."
      ${OrIf} ${FileExists} "$INSTDIR\versions\$R1\SHA256SUMS"
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

; Refuses what cannot work before anything is written.
Function Look
  StrLen $0 $INSTDIR
  ${If} $0 > ${MOST_LETTERS}
    ${Refuse} 2 "$(LONG) $INSTDIR"
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

Section "$(CONSOLE)" CONSOLE
  SectionIn RO
  Call Look
  ${If} $Before != ""
    ${Tell} "upgrade from $Before in $BeforeAt"
  ${EndIf}
  ClearErrors
  SetOutPath "$INSTDIR"
  ; A file that cannot be unpacked ends a silent installation without a word: this one comes first.
  FileOpen $0 "$INSTDIR\current.part" w
  FileClose $0
  ${If} ${Errors}
    ${Refuse} 2 "$(WRITE) $INSTDIR"
  ${EndIf}
  !insertmacro StopHub
  ClearErrors
  ; Beside the version that is there; half of this one, from a power cut, is written over.
  File /r /x current "${TREE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  File "/oname=current.part" "${TREE}\current"
  ${If} ${Errors}
    ${Refuse} 2 "$(WRITE) $INSTDIR"
  ${EndIf}
  ; In one step, and on the disk when it returns (REPLACE_EXISTING, WRITE_THROUGH).
  System::Call 'kernel32::MoveFileExW(w "$INSTDIR\current.part", w "$INSTDIR\current", i 9) i .r0'
  ${If} $0 == 0
    ${Refuse} 2 "$(WRITE) $INSTDIR\current"
  ${EndIf}
  ; Nothing that is no longer shipped stays.
  Delete "$INSTDIR\previous"
  StrCpy $R9 "${VERSION}"
  Call RemoveVersions
  ${If} $Before != ""
  ${AndIf} $BeforeAt != $INSTDIR
  ${AndIf} ${FileExists} "$BeforeAt\uninstall.exe"
    ; It moves to another folder: the old one goes by its own list.
    ExecWait '"$BeforeAt\uninstall.exe" /S /MOVED _?=$BeforeAt'
    Delete "$BeforeAt\uninstall.exe"
    RMDir "$BeforeAt"
  ${EndIf}
  WriteRegStr HKLM "${KEY}" "Version" "${VERSION}"
  WriteRegStr HKLM "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "관제 Gwanje"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayIcon" "$INSTDIR\gwanje.exe"
  WriteRegStr HKLM "${UNINSTALL}" "Publisher" "Gwanje"
  WriteRegStr HKLM "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${UNINSTALL}" "EstimatedSize" $0
  WriteRegExpandStr HKLM "${EVENTS}" "EventMessageFile" "%SystemRoot%\System32\EventCreate.exe"
  WriteRegDWORD HKLM "${EVENTS}" "TypesSupported" 7
  CreateShortcut "$SMPROGRAMS\$(NAME).lnk" "$INSTDIR\gwanje.exe"
  WriteRegStr HKLM "${KEY}" "Shortcut" "$SMPROGRAMS\$(NAME).lnk"
  ${If} $Autostart == 0
    DeleteRegValue HKLM "${RUN}" "Gwanje"
  ${EndIf}
  ; What started by itself goes on doing so, also from another folder.
  ReadRegStr $0 HKLM "${RUN}" "Gwanje"
  ${If} $Autostart == 1
  ${OrIf} $0 != ""
    WriteRegStr HKLM "${RUN}" "Gwanje" '"$INSTDIR\gwanje.exe" --kiosk --keep-alive'
    ${Tell} "starts by itself at sign-in"
  ${EndIf}
  ${If} $Updates != ""
    ; By the system's own account, for operators may not write here: at start, and every night.
    StrCpy $2 "'$INSTDIR\gwanje-update.exe' '$Updates'"
    ${If} $Updates == 1
      StrCpy $2 "'$INSTDIR\gwanje-update.exe'" ; the folder is that of the settings
    ${EndIf}
    nsExec::Exec `schtasks /Create /F /TN "${TASKS} at start" /SC ONSTART /RU SYSTEM /TR "$2"`
    Pop $0
    nsExec::Exec `schtasks /Create /F /TN "${TASKS} nightly" /SC DAILY /ST 04:10 /RU SYSTEM /TR "$2"`
    Pop $1
    ${Tell} "looks for updates in $Updates: $0 $1"
  ${EndIf}
  ${If} $Firewall == 1
    nsExec::Exec 'netsh advfirewall firewall add rule name="Gwanje" dir=in action=allow program="$INSTDIR\gwanje-hub.exe" profile=domain,private'
    Pop $0
    ${Tell} "firewall rule: $0"
  ${EndIf}
  ${Tell} "installed in $INSTDIR"
  ; What holds for everybody here is for administrators to write: anybody may make a folder in
  ; ProgramData, and would be the first.
  ReadEnvStr $0 ProgramData
  CreateDirectory "$0\gwanje"
  nsExec::Exec 'icacls "$0\gwanje" /inheritance:r /grant *S-1-5-32-544:(OI)(CI)F /grant *S-1-5-18:(OI)(CI)F /grant *S-1-5-32-545:(OI)(CI)RX'
  Pop $1
  ${If} $Provision != ""
    nsExec::ExecToStack '"$INSTDIR\gwanje-console.exe" --provision "$Provision"'
    Pop $0
    Pop $1
    ${If} $0 != 0
      ${Tell} "$1"
      ${Refuse} 6 "$(PROVISION) $Provision"
    ${EndIf}
    ${Tell} "provisioned by $Provision"
  ${EndIf}
SectionEnd

Section /o "$(HUB)" HUB
  StrCpy $Served 1
  ReadEnvStr $0 ProgramData
  CreateDirectory "$0\gwanje\hub"
  ; The ledger and the keys are for the service and for administrators, by their numbers: the names
  ; are other ones in a Korean Windows.
  nsExec::Exec 'icacls "$0\gwanje\hub" /inheritance:r /grant *S-1-5-32-544:(OI)(CI)F /grant *S-1-5-18:(OI)(CI)F /grant *S-1-5-19:(OI)(CI)M'
  Pop $1
  nsExec::Exec 'sc query ${SERVICE}'
  Pop $1
  ${If} $1 != 0
    nsExec::Exec `sc create ${SERVICE} binPath= "\"$INSTDIR\gwanje-hub-service.exe\" --data \"$0\gwanje\hub\"" start= auto obj= "NT AUTHORITY\LocalService" DisplayName= "Gwanje Hub"`
    Pop $1
    ${Tell} "service ${SERVICE}: $1"
  ${EndIf}
  nsExec::Exec 'sc description ${SERVICE} "관제 허브. Gwanje, the central server of a control room."'
  Pop $1
  ; Again after 5, 10 and 60 seconds, counted anew after a day; also where it says that it failed.
  nsExec::Exec 'sc failure ${SERVICE} reset= 86400 actions= restart/5000/restart/10000/restart/60000'
  Pop $1
  nsExec::Exec 'sc failureflag ${SERVICE} 1'
  Pop $1
SectionEnd

Section "-end"
  ${If} $Served == 1
    nsExec::Exec 'net start ${SERVICE}'
    Pop $0
    ${Tell} "service ${SERVICE} started: $0"
  ${EndIf}
  ${If} $Log != ""
    FileClose $Log
  ${EndIf}
SectionEnd

; Behind the sections, whose numbers it names.
Function .onInit
  SetRegView 64
  SetShellVarContext all
  ${GetParameters} $0
  StrCpy $Log ""
  ClearErrors
  ${GetOptions} $0 "/LOG=" $1
  ${IfNot} ${Errors}
    FileOpen $Log $1 w
    FileWriteUTF16LE /BOM $Log "Gwanje ${VERSION}$\r$\n"
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/AUTOSTART=" $Autostart
  ClearErrors
  ${GetOptions} $0 "/FIREWALL=" $Firewall
  ClearErrors
  ${GetOptions} $0 "/UPDATES=" $Updates
  ClearErrors
  ${GetOptions} $0 "/PROVISION=" $Provision
  ClearErrors
  ${GetOptions} $0 "/HUB=" $1
  ${If} $1 == 1
    !insertmacro SelectSection ${HUB}
  ${EndIf}
  ClearErrors
  ${IfNot} ${RunningX64}
    ${Refuse} 2 "$(BITS)"
  ${EndIf}
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    ${Refuse} 3 "$(NORIGHT)"
  ${EndIf}
  !insertmacro Running
  ${If} $R0 != 0
    ${Refuse} 4 "$(RUNS)"
  ${EndIf}
  ; NSIS quietly takes its default for a folder that it does not like; whoever named one is told.
  System::Call 'kernel32::GetCommandLineW() w .r0'
  ${WordFind} "$0" " /D=" "+1}" $1
  ${If} $1 != $0
  ${AndIf} $1 != $INSTDIR
  ${AndIf} $1 != "$INSTDIR\"
    ${Refuse} 2 "$(WRITE) $1"
  ${EndIf}
  ReadRegStr $Before HKLM "${KEY}" "Version"
  ReadRegStr $BeforeAt HKLM "${KEY}" "InstallDir"
  ${If} $Before != ""
    ${VersionCompare} "$Before" "${VERSION}" $0
    ${If} $0 == 1
      ${Refuse} 5 "$(NEWER) $Before"
    ${EndIf}
    ; An upgrade goes where the program is, whatever the default says.
    ${If} $INSTDIR == "$PROGRAMFILES64\Gwanje"
      StrCpy $INSTDIR $BeforeAt
    ${EndIf}
  ${EndIf}
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${CONSOLE} $(CONSOLE)
  !insertmacro MUI_DESCRIPTION_TEXT ${HUB} $(HUB)
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  !insertmacro Running
  ${If} $R0 != 0
    MessageBox MB_OK|MB_ICONSTOP "$(RUNS)" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
FunctionEnd

Section "Uninstall"
  ${GetParameters} $0
  !insertmacro StopHub
  !include "${LISTS}\remove.nsh"
  ; What updates brought since.
  StrCpy $R9 ""
  Call un.RemoveVersions
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\previous"
  Delete "$INSTDIR\last-update.json"
  Delete "$INSTDIR\update.lock"
  RMDir /r "$INSTDIR\trust"
  RMDir "$INSTDIR\versions"
  ClearErrors
  ${GetOptions} $0 "/MOVED" $1
  ${IfNot} ${Errors}
    ; The installer goes on from here: what starts by itself, and the data, stay.
    Return
  ${EndIf}
  ReadRegStr $1 HKLM "${KEY}" "Shortcut"
  ${If} $1 != ""
    Delete "$1"
  ${EndIf}
  ${If} $Served == 1
    nsExec::Exec 'sc delete ${SERVICE}'
    Pop $1
  ${EndIf}
  nsExec::Exec 'schtasks /Delete /F /TN "${TASKS} at start"'
  Pop $1
  nsExec::Exec 'schtasks /Delete /F /TN "${TASKS} nightly"'
  Pop $1
  nsExec::Exec 'netsh advfirewall firewall delete rule name="Gwanje"'
  Pop $1
  DeleteRegValue HKLM "${RUN}" "Gwanje"
  DeleteRegKey HKLM "${EVENTS}"
  DeleteRegKey HKLM "${UNINSTALL}"
  DeleteRegKey HKLM "${KEY}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ClearErrors
  ${GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\gwanje"
    SetShellVarContext all
    ReadEnvStr $2 ProgramData
    ${If} $2 != ""
      Delete "$2\gwanje\gwanje.toml"
      Delete "$2\gwanje\gwanje.toml.bak"
      ; The law wants the ledger kept: it goes only where somebody says so in as many words.
      ${If} $1 == "=HUB"
        RMDir /r "$2\gwanje\hub"
      ${EndIf}
      RMDir "$2\gwanje"
    ${EndIf}
  ${EndIf}
SectionEnd
