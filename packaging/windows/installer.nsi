; One installer, per machine, Korean and English. Made by installer.py, which defines
;   VERSION NUMBER (four parts) TREE (what is installed) LISTS (folder of remove.nsh) OUTPUT
;
; /S silent · /D=FOLDER (last, unquoted) · /LOG=FILE · /AUTOSTART=1 · /FIREWALL=1
; Exit codes: 0 done · 1 given up by a person · 2 failed · 3 no rights · 4 the program runs ·
;             5 a newer version is there
; The uninstaller takes /S, /PURGE (data of this user as well), /UPGRADE (by the installer only).
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
SetDateSave off
AllowRootDirInstall false
RequestExecutionLevel admin
!ifdef SOLID
  SetCompressor /SOLID lzma
!else
  SetCompressor zlib
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include x64.nsh

!define KEY "Software\Gwanje"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Gwanje"
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
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${TREE}\THIRD_PARTY_NOTICES.md"
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
LangString RUNS ${LANG_KOREAN} "관제가 실행 중입니다. 모든 창을 닫고 다시 설치하세요."
LangString RUNS ${LANG_ENGLISH} "Gwanje is running. Close all its windows and try again."
LangString NEWER ${LANG_KOREAN} "더 새로운 버전이 설치되어 있습니다:"
LangString NEWER ${LANG_ENGLISH} "A newer version is installed:"
LangString NORIGHT ${LANG_KOREAN} "관리자 권한이 필요합니다."
LangString NORIGHT ${LANG_ENGLISH} "Administrator rights are needed."
LangString BITS ${LANG_KOREAN} "64비트 Windows 10 이상이 필요합니다."
LangString BITS ${LANG_ENGLISH} "Windows 10 or later, 64 bit, is needed."
LangString OLD ${LANG_KOREAN} "이전 버전을 제거할 수 없습니다. 컴퓨터를 다시 시작하고 설치하세요."
LangString OLD ${LANG_ENGLISH} "The version before cannot be removed. Restart the computer and install again."

Var Log
Var Autostart
Var Firewall
Var Before
Var BeforeAt

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

Section "Gwanje"
  ${If} $Before != ""
    ; Its own list knows best what it brought: nothing that is no longer shipped stays.
    ${Tell} "upgrade from $Before in $BeforeAt"
    ; Where a power cut came between, it is gone already: then this goes over what is left.
    ${If} ${FileExists} "$BeforeAt\uninstall.exe"
      ClearErrors
      ExecWait '"$BeforeAt\uninstall.exe" /S /UPGRADE _?=$BeforeAt' $0
      ${If} ${Errors}
      ${OrIf} $0 != 0
        ${Refuse} 2 "$(OLD)"
      ${EndIf}
    ${EndIf}
    Delete "$BeforeAt\uninstall.exe"
    RMDir "$BeforeAt"
  ${EndIf}
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${TREE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    ${Refuse} 2 "$INSTDIR"
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
  ${If} $Firewall == 1
    nsExec::Exec 'netsh advfirewall firewall add rule name="Gwanje" dir=in action=allow program="$INSTDIR\gwanje-hub.exe" profile=domain,private'
    Pop $0
    ${Tell} "firewall rule: $0"
  ${EndIf}
  ${Tell} "installed in $INSTDIR"
  ${If} $Log != ""
    FileClose $Log
  ${EndIf}
SectionEnd

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
  !include "${LISTS}\remove.nsh"
  ReadRegStr $1 HKLM "${KEY}" "Shortcut"
  ${If} $1 != ""
    Delete "$1"
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/UPGRADE" $1
  ${IfNot} ${Errors}
    ; The installer goes on from here: what starts by itself, and the data, stay.
    Return
  ${EndIf}
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
    RMDir /r "$APPDATA\gwanje"
  ${EndIf}
SectionEnd
