; One installer, per machine, Korean and English. Made by installer.py, which defines
;   VERSION NUMBER (four parts) TREE (what is installed) OUTPUT
;   LISTS (folder of remove.nsh, launchers.nsh, terms.txt and pictures)
;   SIZE_KB (of the tree) NEEDED_MB (what it takes on the disk) MOST_LETTERS (of the folder's name)
;
; /S silent · /D=FOLDER (last, unquoted) · /LOG=FILE · /AUTOSTART=1 · /FIREWALL=1 · /HUB=1 ·
; /UPDATES=FOLDER (1: as set, 0: none) · /PROVISION=FILE
; Exit codes: 0 done · 1 given up by a person · 2 failed · 3 no rights · 4 the program runs ·
;             5 a newer version is there · 6 installed, but the provisioning file was refused
; The uninstaller takes /S, /PURGE (this user's data as well), /PURGE=HUB (the hub's, too).
;
; Each version has a folder of its own, and `current` names the one that starts: it is replaced in
; one step when the new version is whole, so that a power cut at any moment leaves one that starts.
; The steps are in steps.nsh, the words in words.nsh.
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
!include TextFunc.nsh
!include WordFunc.nsh
!include x64.nsh

!define KEY "Software\Gwanje"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Gwanje"
!define SERVICE "GwanjeHub"
!define PORT 8443
!define TASKS "Gwanje Update"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
; Windows' own table of messages for the numbers up to 1000: each is the sentence that was given.
!define EVENTS "SYSTEM\CurrentControlSet\Services\EventLog\Application\Gwanje"

Name "$(NAME)"
OutFile "${OUTPUT}"
InstallDir "$PROGRAMFILES64\Gwanje"
BrandingText "Gwanje ${VERSION}"
VIProductVersion "${NUMBER}"
VIAddVersionKey /LANG=1042 "CompanyName" "Gwanje"
VIAddVersionKey /LANG=1042 "ProductName" "관제 Gwanje"
VIAddVersionKey /LANG=1042 "FileDescription" "관제 Gwanje 설치"
VIAddVersionKey /LANG=1042 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1042 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1042 "OriginalFilename" "gwanje-${VERSION}-x64.exe"
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
!insertmacro MUI_PAGE_LICENSE "${LISTS}\terms.txt"
!define MUI_COMPONENTSPAGE_SMALLDESC
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\gwanje.exe"
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(UNABOUT)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; NSIS leaves open what a name ends in: 관제(을)를.
!macro Particles FILE
  !system `sed 's/(을)를/를/g; s/제거 할/제거할/g' "${NSISDIR}/Contrib/Language files/${FILE}" > "${LISTS}/${FILE}"` = 0
!macroend
!insertmacro Particles "Korean.nlf"
!insertmacro Particles "Korean.nsh"
!insertmacro MUI_LANGUAGEEX "${LISTS}" "Korean"
!insertmacro MUI_LANGUAGE "English"

!include "${__FILEDIR__}/words.nsh"

Var Log
Var Autostart
Var Firewall
Var Before
Var BeforeAt
Var Updates
Var Provision
Var Served

!include "${__FILEDIR__}/steps.nsh"

Section "$(CONSOLE)" CONSOLE
  SectionIn RO
  Call Look
  ${If} $Before != ""
    ${Tell} "upgrade from $Before in $BeforeAt"
  ${EndIf}
  ; Before the first file: a folder elsewhere than in Program Files is for everybody to write, and
  ; the system's own account runs what is in it.
  ${Guard} "$INSTDIR" "${OURS}${READ}"
  ${If} ${FileExists} "$INSTDIR\versions\*.*"
    ${Sweep} "$INSTDIR"
  ${EndIf}
  Call GuardData
  ClearErrors
  SetOutPath "$INSTDIR"
  ; A file that cannot be unpacked ends a silent installation without a word: this one comes first.
  FileOpen $0 "$INSTDIR\current.part" w
  FileClose $0
  ${If} ${Errors}
    ${Refuse} 2 "$(WRITE) $INSTDIR"
  ${EndIf}
  ${If} $BeforeAt == ""
    ${StopHub} "$INSTDIR"
  ${Else}
    ${StopHub} "$BeforeAt"
  ${EndIf}
  !insertmacro PutVersion
  ; Any launcher starts any version.
  !include "${LISTS}\launchers.nsh"
  ClearErrors
  WriteUninstaller "$INSTDIR\uninstall.exe.new"
  File "/oname=current.part" "${TREE}\current"
  ${If} ${Errors}
    ${Refuse} 2 "$(WRITE) $INSTDIR"
  ${EndIf}
  ${Swap} "uninstall.exe.new" "uninstall.exe"
  !insertmacro Flush
  ${Swap} "current.part" "current"
  ; Nothing that is no longer shipped stays.
  Delete "$INSTDIR\previous"
  StrCpy $R9 "${VERSION}"
  SetDetailsPrint listonly ; the line above the bar is too short for their paths
  Call RemoveVersions
  SetDetailsPrint both
  ${If} $Before != ""
  ${AndIf} $BeforeAt != $INSTDIR
  ${AndIf} ${FileExists} "$BeforeAt\uninstall.exe"
    ; It moves to another folder, and goes on knowing which updates it has seen; the old one goes
    ; by its own list.
    ${If} ${FileExists} "$BeforeAt\trust\*.*"
      CreateDirectory "$INSTDIR\trust"
      CopyFiles /SILENT "$BeforeAt\trust\*.*" "$INSTDIR\trust"
    ${EndIf}
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
  WriteRegDWORD HKLM "${UNINSTALL}" "EstimatedSize" ${SIZE_KB}
  WriteRegExpandStr HKLM "${EVENTS}" "EventMessageFile" "%SystemRoot%\System32\EventCreate.exe"
  WriteRegDWORD HKLM "${EVENTS}" "TypesSupported" 7
  ; Who upgrades may have another language: one entry, by its name.
  ReadRegStr $0 HKLM "${KEY}" "Shortcut"
  ${If} $0 != ""
  ${AndIf} $0 != "$SMPROGRAMS\$(NAME).lnk"
    Delete "$0"
  ${EndIf}
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
  Call PutTasks
  Call PutFirewall
  ${Tell} "installed in $INSTDIR"
SectionEnd

Section /o "$(HUB)" HUB
  StrCpy $Served 1
  ReadEnvStr $0 ProgramData
  ; The ledger and the keys are for the service and for administrators.
  ${Guard} "$0\gwanje\hub" "${OURS}${HUBS}"
  nsExec::Exec '"${SC}" query ${SERVICE}'
  Pop $1
  ${If} $1 != 0
    ${Sweep} "$0\gwanje\hub"
  ${EndIf}
SectionEnd

Section "-end"
  ${If} $Served == 1
    Call PutService
    !insertmacro StartHub
  ${EndIf}
  ; Last: what it says may be refused, and everything else is done.
  ${If} $Provision != ""
    nsExec::ExecToStack '"$INSTDIR\gwanje-console.exe" --provision "$Provision"'
    Pop $0
    Pop $1
    ${If} $0 != 0
      ${Tell} "$1"
      ; The hub runs already.
      StrCpy $Served 0
      ${Refuse} 6 "$(PROVISION) $Provision"
    ${EndIf}
    ${Tell} "provisioned by $Provision"
  ${EndIf}
  ${If} $Log != ""
    FileClose $Log
  ${EndIf}
SectionEnd

; A file that cannot be unpacked ends here.
Function .onInstFailed
  !insertmacro StartHub
FunctionEnd

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
  ${NotWhileItRuns}
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
  ReadRegStr $0 HKLM "${KEY}" "Managed"
  ${If} $0 == "msi"
    ${Refuse} 2 "$(MANAGED)"
  ${EndIf}
  ${If} $Before != ""
    ; A signed update brings a later one, and leaves the registry as it is.
    ClearErrors
    FileOpen $1 "$BeforeAt\current" r
    FileRead $1 $2
    FileClose $1
    ${IfNot} ${Errors}
      ${TrimNewLines} "$2" $2
      ${VersionCompare} "$2" "$Before" $0
      ${If} $0 == 1
        StrCpy $Before $2
      ${EndIf}
    ${EndIf}
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
  !insertmacro MUI_DESCRIPTION_TEXT ${CONSOLE} $(CONSOLE_ABOUT)
  !insertmacro MUI_DESCRIPTION_TEXT ${HUB} $(HUB_ABOUT)
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  ${NotWhileItRuns}
FunctionEnd

Section "Uninstall"
  ${GetParameters} $0
  ${StopHub} "$INSTDIR"
  DetailPrint "$(REMOVES)"
  SetDetailsPrint listonly
  !include "${LISTS}\remove.nsh"
  ; What updates brought since, and what a power cut left half done.
  StrCpy $R9 ""
  Call un.RemoveVersions
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\current.part"
  Delete "$INSTDIR\previous"
  Delete "$INSTDIR\previous.part"
  Delete "$INSTDIR\gwanje*.exe.new"
  Delete "$INSTDIR\uninstall.exe.new"
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
    nsExec::Exec '"${SC}" delete ${SERVICE}'
    Pop $1
  ${EndIf}
  !insertmacro RemoveTasks
  nsExec::Exec '${NETSH} delete rule name="Gwanje"'
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
  SetDetailsPrint both
SectionEnd
