<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>Actions</name>
    <message>
        <source>Tiles and cameras</source>
        <translation>타일·카메라</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Walls and layouts</source>
        <translation>영상벽·화면분할</translation>
    </message>
    <message>
        <source>Tours and hot spot</source>
        <translation>순환·핫스팟</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>Call a camera by its number</source>
        <translation>번호로 카메라 부르기</translation>
    </message>
    <message>
        <source>Move the focus</source>
        <translation>타일 선택 이동</translation>
    </message>
    <message>
        <source>Enlarge the tile</source>
        <translation>타일 확대</translation>
    </message>
    <message>
        <source>Back to the wall</source>
        <translation>영상벽으로 돌아가기</translation>
    </message>
    <message>
        <source>Clear the tile</source>
        <translation>타일 비우기</translation>
    </message>
    <message>
        <source>Find a camera</source>
        <translation>카메라 찾기</translation>
    </message>
    <message>
        <source>Show or hide the cameras</source>
        <translation>카메라 목록 보이기·숨기기</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>정지영상 저장</translation>
    </message>
    <message>
        <source>Instant replay</source>
        <translation>바로 다시보기</translation>
    </message>
    <message>
        <source>Details of the picture</source>
        <translation>영상 상세 정보</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>원래 크기로</translation>
    </message>
    <message>
        <source>Zoom under the pointer</source>
        <translation>포인터 위치 확대·축소</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>휠</translation>
    </message>
    <message>
        <source>Choose a layout…</source>
        <translation>화면분할 선택…</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>화면분할</translation>
    </message>
    <message>
        <source>Draw a layout…</source>
        <translation>화면분할 만들기…</translation>
    </message>
    <message>
        <source>Save the wall</source>
        <translation>영상벽 저장</translation>
    </message>
    <message>
        <source>Save the wall as…</source>
        <translation>영상벽 다른 이름으로 저장…</translation>
    </message>
    <message>
        <source>Saved walls…</source>
        <translation>저장된 영상벽…</translation>
    </message>
    <message>
        <source>Saved wall</source>
        <translation>저장된 영상벽</translation>
    </message>
    <message>
        <source>Walls at the hub…</source>
        <translation>허브의 영상벽…</translation>
    </message>
    <message>
        <source>Show the camera on another console…</source>
        <translation>카메라를 다른 콘솔에 띄우기…</translation>
    </message>
    <message>
        <source>Back to one&apos;s own wall</source>
        <translation>내 영상벽으로 돌아가기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>New wall window</source>
        <translation>새 영상벽 창</translation>
    </message>
    <message>
        <source>Close this wall window</source>
        <translation>이 영상벽 창 닫기</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Start or stop a tour</source>
        <translation>순환 시작·끝내기</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>일시정지·계속</translation>
    </message>
    <message>
        <source>Tours…</source>
        <translation>순환 편집…</translation>
    </message>
    <message>
        <source>Make the tile the hot spot</source>
        <translation>타일을 핫스팟으로</translation>
    </message>
    <message>
        <source>Dragnet: the cameras around the incident</source>
        <translation>투망감시: 사건 주변 카메라</translation>
    </message>
    <message>
        <source>The next candidate in this tile</source>
        <translation>이 타일에 다음 후보</translation>
    </message>
    <message>
        <source>Back to the wall before the dragnet</source>
        <translation>투망감시 이전 영상벽으로</translation>
    </message>
    <message>
        <source>Acknowledge the incident</source>
        <translation>사건 접수</translation>
    </message>
    <message>
        <source>Share the video with the room in charge</source>
        <translation>관할 기관에 영상 제공</translation>
    </message>
    <message>
        <source>The next share</source>
        <translation>다음 영상제공</translation>
    </message>
    <message>
        <source>Notify those who are to be told</source>
        <translation>통보할 곳에 알리기</translation>
    </message>
    <message>
        <source>Release the incident</source>
        <translation>관제 해제</translation>
    </message>
    <message>
        <source>Close the incident</source>
        <translation>사건 종료</translation>
    </message>
    <message>
        <source>Hand the incident over</source>
        <translation>사건 인계</translation>
    </message>
    <message>
        <source>Merge the incident into another</source>
        <translation>다른 사건에 병합</translation>
    </message>
    <message>
        <source>New incident from this tile…</source>
        <translation>이 타일에서 사건 등록…</translation>
    </message>
    <message>
        <source>Selective monitoring: the newest events of analytics</source>
        <translation>선별관제: 최근 감지 영상벽</translation>
    </message>
    <message>
        <source>The event in this tile is real</source>
        <translation>이 타일의 감지는 실제 상황</translation>
    </message>
    <message>
        <source>The event in this tile is a false alarm</source>
        <translation>이 타일의 감지는 오경보</translation>
    </message>
    <message>
        <source>Training: the next thing happens</source>
        <translation>훈련: 다음 사건 진행</translation>
    </message>
    <message>
        <source>Print the incident…</source>
        <translation>사건 인쇄…</translation>
    </message>
    <message>
        <source>Show or hide the queue</source>
        <translation>사건 대기열 보이기·숨기기</translation>
    </message>
    <message>
        <source>The next tile that sees an incident</source>
        <translation>사건이 보이는 다음 타일</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>영상벽</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>사건</translation>
    </message>
    <message>
        <source>Acts for the hub</source>
        <translation>보낼 행위함</translation>
    </message>
    <message>
        <source>Incident desk</source>
        <translation>사건 처리</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>대장</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Map in a window of its own</source>
        <translation>지도를 별도 창으로</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>잠금</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Leave the kiosk</source>
        <translation>키오스크 나가기</translation>
    </message>
</context>
<context>
    <name>Acts</name>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>행위</translation>
    </message>
    <message>
        <source>About</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>When</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>new incident</source>
        <translation>사건 등록</translation>
    </message>
    <message>
        <source>note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>assignment</source>
        <translation>담당 지정</translation>
    </message>
    <message>
        <source>change</source>
        <translation>정보 변경</translation>
    </message>
    <message>
        <source>step</source>
        <translation>절차</translation>
    </message>
    <message>
        <source>look at personal facts</source>
        <translation>인적사항 열람</translation>
    </message>
    <message>
        <source>notify</source>
        <translation>통보</translation>
    </message>
    <message>
        <source>share video</source>
        <translation>영상 제공</translation>
    </message>
    <message>
        <source>approve a share</source>
        <translation>영상제공 승인</translation>
    </message>
    <message>
        <source>reject a share</source>
        <translation>영상제공 반려</translation>
    </message>
    <message>
        <source>lengthen a share</source>
        <translation>영상제공 연장</translation>
    </message>
    <message>
        <source>add cameras to a share</source>
        <translation>제공 카메라 추가</translation>
    </message>
    <message>
        <source>end a share</source>
        <translation>영상제공 종료</translation>
    </message>
    <message>
        <source>ask the centre</source>
        <translation>관제센터에 요청</translation>
    </message>
    <message>
        <source>answer a receiver</source>
        <translation>요청에 답</translation>
    </message>
    <message>
        <source>restrict a camera</source>
        <translation>카메라 열람 제한</translation>
    </message>
    <message>
        <source>lift a restriction</source>
        <translation>열람 제한 해제</translation>
    </message>
    <message>
        <source>masks of a camera</source>
        <translation>카메라 마스킹</translation>
    </message>
    <message>
        <source>save a wall</source>
        <translation>영상벽 저장</translation>
    </message>
    <message>
        <source>delete a wall</source>
        <translation>영상벽 삭제</translation>
    </message>
    <message>
        <source>send a wall</source>
        <translation>영상벽 보내기</translation>
    </message>
    <message>
        <source>take a wall back</source>
        <translation>영상벽 거두기</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>전송 대기</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>전송 중</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>충돌</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>{time}  {who}: {what}</source>
        <translation>{time}  {who}: {what}</translation>
    </message>
    <message>
        <source>in the hands of {name}</source>
        <translation>담당: {name}</translation>
    </message>
    <message>
        <source>changed at {time}</source>
        <translation>변경 시각: {time}</translation>
    </message>
    <message>
        <source>state: {state}</source>
        <translation>상태: {state}</translation>
    </message>
</context>
<context>
    <name>ActsPanel</name>
    <message>
        <source>{waiting} waiting · {troubled} need a decision</source>
        <translation>전송 대기 {waiting}건 · 확인 필요 {troubled}건</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>“{act}” will not be done at the hub. Discard it?</source>
        <translation>‘{act}’ 행위는 허브에 반영되지 않습니다. 버릴까요?</translation>
    </message>
    <message>
        <source>The hub will most likely refuse it again.</source>
        <translation>허브가 다시 거절할 가능성이 큽니다.</translation>
    </message>
    <message>
        <source>Acts for the hub</source>
        <translation>보낼 행위함</translation>
    </message>
    <message>
        <source>Everything that was done here is at the hub.</source>
        <translation>여기서 한 행위가 모두 허브에 반영되었습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 보내기</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>버리기…</translation>
    </message>
    <message>
        <source>Acts that wait or were not taken</source>
        <translation>전송 대기 또는 반영되지 않은 행위</translation>
    </message>
</context>
<context>
    <name>Ask</name>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Reason (may be left empty)</source>
        <translation>사유 (비워 두어도 됩니다)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>BookDialog</name>
    <message>
        <source>Statutory ledgers</source>
        <translation>법정 대장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>대장</translation>
    </message>
    <message>
        <source>From</source>
        <translation>시작일</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>종료일</translation>
    </message>
    <message>
        <source>As</source>
        <translation>파일 형식</translation>
    </message>
    <message>
        <source>That it was taken is written into the ledger.</source>
        <translation>내보낸 사실이 대장에 기록됩니다.</translation>
    </message>
    <message>
        <source>Save the ledger</source>
        <translation>대장 저장</translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message>
        <source>Cameras by site and purpose</source>
        <translation>기관·설치목적별 카메라</translation>
    </message>
    <message>
        <source>Cameras found</source>
        <translation>찾은 카메라</translation>
    </message>
    <message>
        <source>No camera list is open</source>
        <translation>열린 카메라 목록이 없습니다</translation>
    </message>
    <message>
        <source>Start with --cameras and a CSV or JSON list, or with --demo</source>
        <translation>--cameras 옵션에 CSV·JSON 목록을 주거나 --demo 로 시작하세요</translation>
    </message>
    <message>
        <source>No camera matches “{query}”</source>
        <translation>‘{query}’에 맞는 카메라가 없습니다</translation>
    </message>
    <message>
        <source>Try a part of the name or address, a number, or initial consonants</source>
        <translation>이름·주소의 일부, 번호 또는 초성으로 찾아 보세요</translation>
    </message>
    <message>
        <source>Every camera shown is live</source>
        <translation>표시 중인 카메라가 모두 정상입니다</translation>
    </message>
    <message>
        <source>{count} cameras</source>
        <translation>카메라 {count}대</translation>
    </message>
    <message>
        <source>The best {count} are shown</source>
        <translation>가장 가까운 {count}대만 표시합니다</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count}대 찾음</translation>
    </message>
    <message>
        <source>Show in the focused tile</source>
        <translation>선택한 타일에 표시</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>상세 정보…</translation>
    </message>
    <message>
        <source>Show {count} cameras from the focused tile on</source>
        <translation>선택한 타일부터 {count}대 표시</translation>
    </message>
    <message>
        <source>Masks…</source>
        <translation>마스킹…</translation>
    </message>
    <message>
        <source>For supervisors only</source>
        <translation>관제팀장만 보기</translation>
    </message>
    <message>
        <source>for 30 minutes…</source>
        <translation>30분 동안…</translation>
    </message>
    <message>
        <source>for 4 hours…</source>
        <translation>4시간 동안…</translation>
    </message>
    <message>
        <source>for a day…</source>
        <translation>하루 동안…</translation>
    </message>
    <message>
        <source>for a week…</source>
        <translation>일주일 동안…</translation>
    </message>
    <message>
        <source>Show it to everybody again</source>
        <translation>제한 해제</translation>
    </message>
</context>
<context>
    <name>Cameras</name>
    <message>
        <source>Number</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>설치목적</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Pole</source>
        <translation>지주</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>방향</translation>
    </message>
    <message>
        <source>Field of view</source>
        <translation>화각</translation>
    </message>
    <message>
        <source>Restricted</source>
        <translation>열람 제한</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>마스킹</translation>
    </message>
    <message>
        <source>Main stream</source>
        <translation>주화면</translation>
    </message>
    <message>
        <source>Sub stream</source>
        <translation>보조화면</translation>
    </message>
    <message>
        <source>Management number</source>
        <translation>관리번호</translation>
    </message>
    <message>
        <source>for supervisors only until {until}</source>
        <translation>{until}까지 관제팀장만</translation>
    </message>
    <message>
        <source>{fps} pictures a second</source>
        <translation>초당 {fps}장</translation>
    </message>
    <message>
        <source>{count} cameras</source>
        <translation>카메라 {count}대</translation>
    </message>
    <message>
        <source>Site not stated</source>
        <translation>기관 미상</translation>
    </message>
    <message>
        <source>Purpose not stated</source>
        <translation>설치목적 미상</translation>
    </message>
    <message>
        <source>No stream address</source>
        <translation>영상 주소 없음</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>Late picture</source>
        <translation>늦은 영상</translation>
    </message>
    <message>
        <source>Frozen picture</source>
        <translation>멈춘 영상</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>연결 중</translation>
    </message>
    <message>
        <source>Sign-in failed</source>
        <translation>인증 실패</translation>
    </message>
    <message>
        <source>No such stream</source>
        <translation>영상 없음</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>연결 안 됨</translation>
    </message>
    <message>
        <source>Cannot be shown</source>
        <translation>표시할 수 없음</translation>
    </message>
    <message>
        <source>Not shown on any wall</source>
        <translation>영상벽에 없음</translation>
    </message>
</context>
<context>
    <name>CareTools</name>
    <message>
        <source>Collect diagnostics</source>
        <translation>진단 자료 모으기</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>저장했습니다: {file}</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>진단</translation>
    </message>
    <message>
        <source>Safe form: the program ended badly several times in a row. The cameras of the wall, the map and automatic dragnets were left out. The map comes back with the next start.</source>
        <translation>안전 모드: 프로그램이 잇달아 비정상적으로 끝나 영상벽의 카메라, 지도, 자동 투망을 열지 않았습니다. 지도는 다음 시작부터 돌아옵니다.</translation>
    </message>
    <message>
        <source>Bring everything back</source>
        <translation>원래대로 되돌리기</translation>
    </message>
    <message>
        <source>Logs, figures and facts of this computer in one file, without addresses, names and passwords.</source>
        <translation>이 컴퓨터의 로그, 수치, 사양을 파일 하나로 모읍니다. 주소, 이름, 비밀번호는 넣지 않습니다.</translation>
    </message>
    <message>
        <source>Collect diagnostics…</source>
        <translation>진단 자료 모으기…</translation>
    </message>
</context>
<context>
    <name>CaseDesk</name>
    <message>
        <source>Incidents</source>
        <translation>사건</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>One picture back</source>
        <translation>한 장 뒤로</translation>
    </message>
    <message>
        <source>One picture on</source>
        <translation>한 장 앞으로</translation>
    </message>
    <message>
        <source>Save clip</source>
        <translation>영상 저장</translation>
    </message>
    <message>
        <source>Save this clip as MP4, as it came from the camera</source>
        <translation>카메라가 보낸 그대로 MP4로 저장</translation>
    </message>
    <message>
        <source>Save in another folder</source>
        <translation>다른 폴더에 저장</translation>
    </message>
    <message>
        <source>Back to live</source>
        <translation>실시간으로</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Speed {speed}</source>
        <translation>속도 {speed}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>스페이스</translation>
    </message>
</context>
<context>
    <name>Crash</name>
    <message>
        <source>The program made a mistake. It was written to the log; the watch goes on.</source>
        <translation>프로그램에 오류가 있어 기록해 두었습니다. 관제는 계속됩니다.</translation>
    </message>
</context>
<context>
    <name>DragnetDesk</name>
    <message>
        <source>{title}: {count} cameras. N the next candidate, F9 back.</source>
        <translation>{title}: 카메라 {count}대. N 다음 후보, F9 돌아가기.</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Plate</source>
        <translation>차량번호</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>What</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>시장</translation>
    </message>
    <message>
        <source>Stall</source>
        <translation>점포</translation>
    </message>
    <message>
        <source>Bell</source>
        <translation>비상벨</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>함체</translation>
    </message>
    <message>
        <source>Set off by</source>
        <translation>작동</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>감지기</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>신뢰도</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>방향</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>차로</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>반복</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Security firm</source>
        <translation>경비업체</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>구분</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>지역</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>참조</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>센터</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>성별</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>생년월일</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>전화</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Guardian</source>
        <translation>보호자</translation>
    </message>
    <message>
        <source>Guardian&apos;s phone</source>
        <translation>보호자 전화</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>점주</translation>
    </message>
    <message>
        <source>Owner&apos;s phone</source>
        <translation>점주 전화</translation>
    </message>
    <message>
        <source>Guard&apos;s phone</source>
        <translation>경비원 전화</translation>
    </message>
    <message>
        <source>Officer&apos;s phone</source>
        <translation>경찰관 전화</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>인상착의</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>비고</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>Show personal facts</source>
        <translation>인적사항 보기</translation>
    </message>
    <message>
        <source>It is written into the history that you looked.</source>
        <translation>열람한 사실이 사건 기록에 남습니다.</translation>
    </message>
    <message>
        <source>The photo that came with it is no picture.</source>
        <translation>함께 온 사진이 그림 파일이 아닙니다.</translation>
    </message>
</context>
<context>
    <name>FileDesk</name>
    <message>
        <source>Attach a file</source>
        <translation>파일 첨부</translation>
    </message>
    <message>
        <source>Attached: {file}</source>
        <translation>첨부: {file}</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>파일 저장</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>저장: {file}</translation>
    </message>
</context>
<context>
    <name>FileStrip</name>
    <message>
        <source>Attach a file…</source>
        <translation>파일 첨부…</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Purpose</source>
        <translation>설치목적</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Only those without a picture</source>
        <translation>영상이 없는 카메라만</translation>
    </message>
    <message>
        <source>Show all again</source>
        <translation>모두 다시 보기</translation>
    </message>
</context>
<context>
    <name>GivenShares</name>
    <message>
        <source>{name}: needs approval…</source>
        <translation>{name}: 승인 필요…</translation>
    </message>
    <message>
        <source>Nobody else may have this</source>
        <translation>더 제공할 수 있는 기관이 없습니다</translation>
    </message>
    <message>
        <source>Why should {name} see this? A supervisor has to agree.</source>
        <translation>{name}에 왜 제공합니까? 관제팀장의 승인이 필요합니다.</translation>
    </message>
    <message>
        <source>Share the video</source>
        <translation>영상 제공</translation>
    </message>
    <message>
        <source>Ask for approval</source>
        <translation>승인 요청</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>반려</translation>
    </message>
    <message>
        <source>+{minutes} min</source>
        <translation>+{minutes}분</translation>
    </message>
    <message>
        <source>End</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Give the focused tile</source>
        <translation>선택한 타일 제공</translation>
    </message>
    <message>
        <source>Give</source>
        <translation>제공</translation>
    </message>
    <message>
        <source>No</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Share…</source>
        <translation>영상 제공…</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>No.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Not live for</source>
        <translation>끊긴 시간</translation>
    </message>
    <message>
        <source>Sent/s</source>
        <translation>수신/초</translation>
    </message>
    <message>
        <source>Shown/s</source>
        <translation>표시/초</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>경과</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>지연</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>화질</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>코덱</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Bit rate</source>
        <translation>비트율</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>재연결</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>마지막 오류</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes}분</translation>
    </message>
    <message>
        <source>Plots are being prepared</source>
        <translation>그래프를 준비하는 중</translation>
    </message>
    <message>
        <source>CPU, % (grey: whole machine, blue: this console)</source>
        <translation>CPU, % (회색: 컴퓨터 전체, 파랑: 이 콘솔)</translation>
    </message>
    <message>
        <source>Pictures a second (grey: decoded, blue: shown)</source>
        <translation>초당 영상 수 (회색: 디코딩, 파랑: 표시)</translation>
    </message>
    <message>
        <source>Age of pictures, ms (95 of 100 are newer)</source>
        <translation>영상 경과 시간, ms (95%가 이보다 짧음)</translation>
    </message>
    <message>
        <source>Screen blocked, ms (grey: longest, blue: 99 of 100)</source>
        <translation>화면 멈춤, ms (회색: 최장, 파랑: 99%)</translation>
    </message>
    <message>
        <source>since the start</source>
        <translation>시작부터</translation>
    </message>
    <message>
        <source>no camera on a tile</source>
        <translation>타일에 카메라 없음</translation>
    </message>
    <message>
        <source>{count} not live</source>
        <translation>{count}대 끊김</translation>
    </message>
    <message>
        <source>all tiles live</source>
        <translation>모든 타일 정상</translation>
    </message>
    <message>
        <source>Live tiles</source>
        <translation>정상 타일</translation>
    </message>
    <message>
        <source>{count} a second</source>
        <translation>초당 {count}장</translation>
    </message>
    <message>
        <source>Pictures shown</source>
        <translation>표시한 영상</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>whole machine {share}</source>
        <translation>컴퓨터 전체 {share}</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>screens {ui} · decoders {decoders}</source>
        <translation>화면 {ui} · 디코더 {decoders}</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Age of pictures</source>
        <translation>영상 경과 시간</translation>
    </message>
    <message>
        <source>95 of 100 are newer</source>
        <translation>95%가 이보다 짧음</translation>
    </message>
    <message>
        <source>no camera tells its time</source>
        <translation>시각을 알리는 카메라 없음</translation>
    </message>
    <message>
        <source>camera to screen, 95 of 100</source>
        <translation>카메라에서 화면까지, 95%</translation>
    </message>
    <message>
        <source>longest {time} in a minute</source>
        <translation>1분 내 최장 {time}</translation>
    </message>
    <message>
        <source>Screen blocked</source>
        <translation>화면 멈춤</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes}분 {seconds}초</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours}시간 {minutes}분</translation>
    </message>
    <message>
        <source>{value} ms</source>
        <translation>{value} ms</translation>
    </message>
    <message>
        <source>{value} Mbit/s</source>
        <translation>{value} Mbit/s</translation>
    </message>
    <message>
        <source>{value} kbit/s</source>
        <translation>{value} kbit/s</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>주화면</translation>
    </message>
    <message>
        <source>Sub</source>
        <translation>보조화면</translation>
    </message>
    <message>
        <source>no loop filter</source>
        <translation>간이 디코딩</translation>
    </message>
    <message>
        <source>in part</source>
        <translation>일부만</translation>
    </message>
    <message>
        <source>key frames</source>
        <translation>키 프레임만</translation>
    </message>
    <message>
        <source>off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>Late picture</source>
        <translation>늦은 영상</translation>
    </message>
    <message>
        <source>Frozen picture</source>
        <translation>멈춘 영상</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>연결 중</translation>
    </message>
    <message>
        <source>Sign-in failed</source>
        <translation>인증 실패</translation>
    </message>
    <message>
        <source>No such stream</source>
        <translation>영상 없음</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>연결 안 됨</translation>
    </message>
    <message>
        <source>Cannot be shown</source>
        <translation>표시할 수 없음</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>Wrong user name or password</source>
        <translation>사용자 이름이나 비밀번호가 틀림</translation>
    </message>
    <message>
        <source>Access denied</source>
        <translation>접근 거부</translation>
    </message>
    <message>
        <source>The camera has no such stream</source>
        <translation>카메라에 그런 영상이 없음</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>연결 거부</translation>
    </message>
    <message>
        <source>Host name not found</source>
        <translation>호스트 이름을 찾을 수 없음</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>제때 응답 없음</translation>
    </message>
    <message>
        <source>Network not reachable</source>
        <translation>네트워크에 닿지 않음</translation>
    </message>
    <message>
        <source>Too many connections, or its own error</source>
        <translation>접속이 너무 많거나 상대의 오류</translation>
    </message>
    <message>
        <source>Certificate does not verify</source>
        <translation>인증서 확인 실패</translation>
    </message>
    <message>
        <source>The camera ended the session</source>
        <translation>카메라가 세션을 끝냄</translation>
    </message>
    <message>
        <source>The stream ended</source>
        <translation>영상이 끝남</translation>
    </message>
    <message>
        <source>The stream has no video</source>
        <translation>영상 신호가 없음</translation>
    </message>
    <message>
        <source>Unknown codec</source>
        <translation>알 수 없는 코덱</translation>
    </message>
    <message>
        <source>The picture is too large</source>
        <translation>영상이 너무 큼</translation>
    </message>
    <message>
        <source>The data cannot be understood</source>
        <translation>읽을 수 없는 데이터</translation>
    </message>
    <message>
        <source>The address is not valid</source>
        <translation>주소가 올바르지 않음</translation>
    </message>
    <message>
        <source>The decoder was restarted</source>
        <translation>디코더를 다시 시작함</translation>
    </message>
</context>
<context>
    <name>HealthScreen</name>
    <message>
        <source>Health</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Every camera on a tile is live.</source>
        <translation>타일의 모든 카메라가 정상입니다.</translation>
    </message>
    <message>
        <source>No camera is on a tile. Put some on the wall.</source>
        <translation>타일에 카메라가 없습니다. 영상벽에 올려 주세요.</translation>
    </message>
    <message>
        <source>Cameras on tiles</source>
        <translation>타일의 카메라</translation>
    </message>
    <message>
        <source>Cameras that are not live</source>
        <translation>끊긴 카메라</translation>
    </message>
    <message>
        <source>Not live · {count}</source>
        <translation>끊김 · {count}</translation>
    </message>
    <message>
        <source>Cameras · {count}</source>
        <translation>카메라 · {count}</translation>
    </message>
</context>
<context>
    <name>HubDesk</name>
    <message>
        <source>The hub is away. The wall goes on; acts wait until it is back.</source>
        <translation>허브와 연결이 끊어졌습니다. 영상벽은 계속되고, 행위는 허브가 돌아올 때까지 기다립니다.</translation>
    </message>
    <message>
        <source>The hub did not take “{act}”: {reason} See the list of acts.</source>
        <translation>허브가 ‘{act}’ 행위를 반영하지 않았습니다: {reason} 보낼 행위함을 확인하세요.</translation>
    </message>
</context>
<context>
    <name>HubShelf</name>
    <message>
        <source>shared</source>
        <translation>공용</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>개인</translation>
    </message>
    <message>
        <source>Layout {layout} · {whose}</source>
        <translation>화면분할 {layout} · {whose}</translation>
    </message>
    <message>
        <source>Save at the hub</source>
        <translation>허브에 저장</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Delete the wall “{name}” at the hub, for everybody?</source>
        <translation>허브의 영상벽 “{name}”을(를) 모두에게서 삭제할까요?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Walls at the hub</source>
        <translation>허브의 영상벽</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>관제석</translation>
    </message>
    <message>
        <source>No other console is signed in</source>
        <translation>접속 중인 다른 관제석이 없습니다</translation>
    </message>
    <message>
        <source>No wall lies at the hub yet.</source>
        <translation>허브에 저장된 영상벽이 없습니다.</translation>
    </message>
    <message>
        <source>Save this wall…</source>
        <translation>이 영상벽 저장…</translation>
    </message>
    <message>
        <source>Save over it</source>
        <translation>덮어쓰기</translation>
    </message>
    <message>
        <source>Show this wall there</source>
        <translation>이 영상벽 보내기</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>거두기</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Show here</source>
        <translation>여기에 열기</translation>
    </message>
</context>
<context>
    <name>HubWallDesk</name>
    <message>
        <source>{by} shows a wall here: {name}. F12 goes back to your own.</source>
        <translation>{by} 님이 영상벽을 보냈습니다: {name}. F12를 누르면 내 영상벽으로 돌아갑니다.</translation>
    </message>
</context>
<context>
    <name>IncidentDetail</name>
    <message>
        <source>{title}: {move}?</source>
        <translation>{title}: {move} 처리할까요?</translation>
    </message>
    <message>
        <source>I take it</source>
        <translation>내가 맡기</translation>
    </message>
    <message>
        <source>Nobody else is signed in</source>
        <translation>로그인한 다른 사람이 없습니다</translation>
    </message>
    <message>
        <source>No other incident is open</source>
        <translation>진행 중인 다른 사건이 없습니다</translation>
    </message>
    <message>
        <source>Dragnet</source>
        <translation>투망감시</translation>
    </message>
    <message>
        <source>Notify</source>
        <translation>통보</translation>
    </message>
    <message>
        <source>Tells all who are to be told of it, now</source>
        <translation>통보하도록 정해진 모든 곳에 지금 알립니다</translation>
    </message>
    <message>
        <source>Hand over…</source>
        <translation>인계…</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>병합…</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>메모 쓰기</translation>
    </message>
    <message>
        <source>Add the note</source>
        <translation>메모 추가</translation>
    </message>
    <message>
        <source>Choose an incident.</source>
        <translation>사건을 선택하세요.</translation>
    </message>
    <message>
        <source>History and notes</source>
        <translation>처리 이력과 메모</translation>
    </message>
</context>
<context>
    <name>IncidentPanel</name>
    <message>
        <source>{open} open · {all} in all</source>
        <translation>진행 중 {open}건 · 전체 {all}건</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>사건</translation>
    </message>
    <message>
        <source>Ended ones as well</source>
        <translation>끝난 사건도 보기</translation>
    </message>
    <message>
        <source>New incident…</source>
        <translation>사건 등록…</translation>
    </message>
    <message>
        <source>No incident is open.</source>
        <translation>진행 중인 사건이 없습니다.</translation>
    </message>
</context>
<context>
    <name>Incidents</name>
    <message>
        <source>place not known</source>
        <translation>장소 미상</translation>
    </message>
    <message>
        <source>{place} (about there)</source>
        <translation>{place} (대략의 위치)</translation>
    </message>
    <message>
        <source>received {time} · elapsed {elapsed}</source>
        <translation>접수 시각 {time} · 경과 {elapsed}</translation>
    </message>
    <message>
        <source>{said} · nobody works on it</source>
        <translation>{said} · 담당자 없음</translation>
    </message>
    <message>
        <source>{said} · {name} works on it</source>
        <translation>{said} · 담당 {name}</translation>
    </message>
    <message>
        <source>{line} · waiting to be sent</source>
        <translation>{line} · 전송 대기</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>등급</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>사건번호</translation>
    </message>
    <message>
        <source>What and where</source>
        <translation>내용·장소</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>경과</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>담당</translation>
    </message>
    <message>
        <source>{state} · not taken</source>
        <translation>{state} · 반영 안 됨</translation>
    </message>
    <message>
        <source>{state} · waiting to be sent</source>
        <translation>{state} · 전송 대기</translation>
    </message>
    <message>
        <source>no number yet</source>
        <translation>번호 대기</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days}일</translation>
    </message>
    <message>
        <source>I work on it</source>
        <translation>나 처리 중</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>반영 안 됨</translation>
    </message>
    <message>
        <source>to be sent</source>
        <translation>전송 대기</translation>
    </message>
    <message>
        <source>shared {count}</source>
        <translation>제공 {count}</translation>
    </message>
    <message>
        <source>told</source>
        <translation>통보함</translation>
    </message>
    <message>
        <source>notes {count}</source>
        <translation>메모 {count}</translation>
    </message>
    <message>
        <source>History and notes</source>
        <translation>기록과 메모</translation>
    </message>
</context>
<context>
    <name>InspectionDialog</name>
    <message>
        <source>Monthly inspection of viewing</source>
        <translation>영상 열람 월간 점검</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>월</translation>
    </message>
    <message>
        <source>Nobody viewed anything in this month.</source>
        <translation>이 달에는 열람한 사람이 없습니다.</translation>
    </message>
    <message>
        <source>Viewers of the month</source>
        <translation>이 달의 열람자</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Sign…</source>
        <translation>점검 완료…</translation>
    </message>
    <message>
        <source>Sign the inspection</source>
        <translation>월간 점검 완료</translation>
    </message>
    <message>
        <source>What did the inspection of {month} find?</source>
        <translation>{month} 점검 결과를 입력하세요.</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>점검 완료</translation>
    </message>
    <message>
        <source>{people} people, {flagged} to be looked at</source>
        <translation>{people}명, 확인할 사람 {flagged}명</translation>
    </message>
</context>
<context>
    <name>KeyOverlay</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Any key closes this</source>
        <translation>아무 키나 누르면 닫힙니다</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>Leave the kiosk?</source>
        <translation>키오스크에서 나갈까요?</translation>
    </message>
    <message>
        <source>The wall stays, in an ordinary window that can be closed.</source>
        <translation>영상벽은 그대로이며, 닫을 수 있는 일반 창으로 바뀝니다.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>나가기</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>그대로 두기</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>en</source>
        <translation>ko</translation>
    </message>
</context>
<context>
    <name>LayoutBar</name>
    <message>
        <source>Layouts</source>
        <translation>화면분할</translation>
    </message>
    <message>
        <source>Draw a layout…</source>
        <translation>화면분할 만들기…</translation>
    </message>
</context>
<context>
    <name>LayoutButton</name>
    <message>
        <source>Delete the layout</source>
        <translation>화면분할 삭제</translation>
    </message>
</context>
<context>
    <name>LayoutEditor</name>
    <message>
        <source>Give the layout a name.</source>
        <translation>화면분할의 이름을 입력하세요.</translation>
    </message>
    <message>
        <source>{count} tiles</source>
        <translation>타일 {count}개</translation>
    </message>
    <message>
        <source>Draw a layout</source>
        <translation>화면분할 만들기</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>열</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>행</translation>
    </message>
    <message>
        <source>Drag over cells to merge them, double click to split, right click for a gap. Keys: arrows, Shift with arrows, Space merges, Backspace splits, Delete for a gap.</source>
        <translation>칸을 끌면 합치고, 두 번 클릭하면 나누고, 오른쪽 클릭하면 비웁니다. 키: 화살표, Shift+화살표로 선택, 스페이스 합치기, Backspace 나누기, Delete 비우기.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Grid of the layout</source>
        <translation>화면분할 격자</translation>
    </message>
</context>
<context>
    <name>Ledger</name>
    <message>
        <source>When</source>
        <translation>일시</translation>
    </message>
    <message>
        <source>What</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>사건</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>상세</translation>
    </message>
    <message>
        <source>From where</source>
        <translation>접속 위치</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>열람</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>열람 시간</translation>
    </message>
    <message>
        <source>Unusual hours</source>
        <translation>평소 외 시간</translation>
    </message>
    <message>
        <source>No reason</source>
        <translation>사유 없음</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>To be looked at</source>
        <translation>확인할 점</translation>
    </message>
    <message>
        <source>Nothing in this time.</source>
        <translation>이 기간에는 기록이 없습니다.</translation>
    </message>
    <message>
        <source>In charge</source>
        <translation>담당자</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>관제팀장</translation>
    </message>
    <message>
        <source>Head of section</source>
        <translation>과장</translation>
    </message>
    <message>
        <source>{centre}: from {since} to {until}, {count} entries</source>
        <translation>{centre}: {since} ~ {until}, {count}건</translation>
    </message>
    <message>
        <source>Checkpoint of the ledger: {proof}</source>
        <translation>대장 체크포인트: {proof}</translation>
    </message>
    <message>
        <source>(erased)</source>
        <translation>(삭제됨)</translation>
    </message>
    <message>
        <source>(the hub)</source>
        <translation>(허브)</translation>
    </message>
</context>
<context>
    <name>LedgerDesk</name>
    <message>
        <source>Saved: {name}, {count} entries.</source>
        <translation>저장했습니다: {name}, {count}건.</translation>
    </message>
</context>
<context>
    <name>LedgerPanel</name>
    <message>
        <source>Ledger</source>
        <translation>대장</translation>
    </message>
    <message>
        <source>Nothing in the ledger fits.</source>
        <translation>조건에 맞는 기록이 없습니다.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>이전 기록</translation>
    </message>
    <message>
        <source>Statutory ledgers…</source>
        <translation>법정 대장…</translation>
    </message>
    <message>
        <source>Monthly inspection…</source>
        <translation>월간 점검…</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Camera (number or name)</source>
        <translation>카메라(번호 또는 이름)</translation>
    </message>
    <message>
        <source>Incident (number)</source>
        <translation>사건(번호)</translation>
    </message>
    <message>
        <source>From</source>
        <translation>시작일</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>종료일</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>한 일</translation>
    </message>
    <message>
        <source>Entries of the ledger</source>
        <translation>대장 기록</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>전체</translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>signed out</source>
        <translation>로그아웃됨</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>연결 중</translation>
    </message>
    <message>
        <source>not reachable, trying again</source>
        <translation>연결 끊김, 다시 시도 중</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거절됨</translation>
    </message>
    <message>
        <source>fetching {done} of {total}</source>
        <translation>자료 받는 중 {done}/{total}</translation>
    </message>
    <message>
        <source>catching up, {count} behind</source>
        <translation>따라잡는 중, {count}건 남음</translation>
    </message>
    <message>
        <source>live, {count} behind</source>
        <translation>연결됨, {count}건 뒤처짐</translation>
    </message>
    <message>
        <source>live, by asking again and again</source>
        <translation>연결됨 (주기적 조회)</translation>
    </message>
    <message>
        <source>live</source>
        <translation>연결됨</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Gwanje</source>
        <translation>관제</translation>
    </message>
</context>
<context>
    <name>MapDesk</name>
    <message>
        <source>Open the incident</source>
        <translation>사건 열기</translation>
    </message>
    <message>
        <source>New incident here…</source>
        <translation>여기에 사건 등록…</translation>
    </message>
    <message>
        <source>Copy {place}</source>
        <translation>{place} 복사</translation>
    </message>
    <message>
        <source>Details of the camera…</source>
        <translation>카메라 상세…</translation>
    </message>
    <message>
        <source>Show all {count} on the wall</source>
        <translation>{count}대 모두 영상벽에 보기</translation>
    </message>
    <message>
        <source>Cameras that see this place</source>
        <translation>이곳이 보이는 카메라</translation>
    </message>
    <message>
        <source>Show all of these on the wall</source>
        <translation>모두 영상벽에 보기</translation>
    </message>
</context>
<context>
    <name>MapLive</name>
    <message>
        <source>{seconds} s ago</source>
        <translation>{seconds}초 전</translation>
    </message>
    <message>
        <source>{minutes} min ago</source>
        <translation>{minutes}분 전</translation>
    </message>
</context>
<context>
    <name>MapPanel</name>
    <message>
        <source>Cameras chosen: {count}</source>
        <translation>선택한 카메라 {count}대</translation>
    </message>
    <message>
        <source>Choose cameras with a lasso</source>
        <translation>올가미로 카메라 선택</translation>
    </message>
    <message>
        <source>Choose cameras within a radius</source>
        <translation>반경으로 카메라 선택</translation>
    </message>
    <message>
        <source>Measure a distance</source>
        <translation>거리 재기</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Fields of view</source>
        <translation>시야각</translation>
    </message>
    <message>
        <source>Emergency bells</source>
        <translation>비상벨</translation>
    </message>
    <message>
        <source>Police boxes</source>
        <translation>지구대·파출소</translation>
    </message>
    <message>
        <source>Schools and other points</source>
        <translation>학교 등 지점</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Filter (some are hidden)</source>
        <translation>필터 (일부 숨김)</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>All cameras (Home)</source>
        <translation>전체 카메라 (Home)</translation>
    </message>
    <message>
        <source>Copy as a picture</source>
        <translation>그림으로 복사</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>인쇄…</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Show on the wall</source>
        <translation>영상벽에 보기</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>선택 해제</translation>
    </message>
</context>
<context>
    <name>MaskEditor</name>
    <message>
        <source>Close the shape: Enter, a right click, or its first corner.</source>
        <translation>도형을 닫으세요. Enter, 오른쪽 단추, 또는 첫 꼭짓점을 누르면 됩니다.</translation>
    </message>
    <message>
        <source>Say why the masks are changed.</source>
        <translation>마스킹을 바꾸는 사유를 적어 주세요.</translation>
    </message>
    <message>
        <source>{count} of {most} masks</source>
        <translation>마스킹 {count}/{most}</translation>
    </message>
    <message>
        <source>Masks · {camera}</source>
        <translation>마스킹 · {camera}</translation>
    </message>
    <message>
        <source>Click corners around what nobody may see; Enter or a right click closes the shape. Drag a corner or a mask to move it. Keys: Page Down chooses a mask, arrows move it, Delete takes it away, Backspace takes back a corner. What is masked already stays black until it is saved.</source>
        <translation>가릴 곳의 둘레를 차례로 누르고 Enter나 오른쪽 단추로 닫습니다. 꼭짓점이나 도형을 끌어 옮깁니다. 자판: Page Down 선택, 화살표 이동, Delete 삭제, Backspace 꼭짓점 취소. 이미 가려진 곳은 저장할 때까지 검게 남습니다.</translation>
    </message>
    <message>
        <source>Reason, for the ledger</source>
        <translation>사유 (대장에 기록)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Delete all</source>
        <translation>모두 삭제</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Picture with its masks</source>
        <translation>마스킹을 그리는 화면</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>NewIncidentDialog</name>
    <message>
        <source>New incident</source>
        <translation>사건 등록</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>등록</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>장소</translation>
    </message>
    <message>
        <source>Position {position}</source>
        <translation>위치 {position}</translation>
    </message>
</context>
<context>
    <name>NotLiveToggle</name>
    <message>
        <source>{count} not live</source>
        <translation>끊김 {count}대</translation>
    </message>
    <message>
        <source>List only the cameras that are not live</source>
        <translation>끊긴 카메라만 보기</translation>
    </message>
</context>
<context>
    <name>NoticeStack</name>
    <message>
        <source>{count} more</source>
        <translation>{count}건 더 있음</translation>
    </message>
</context>
<context>
    <name>PictureDialog</name>
    <message>
        <source>This file is no picture that can be shown.</source>
        <translation>표시할 수 있는 사진이 아닙니다.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>PlaceField</name>
    <message>
        <source>No place is called so.</source>
        <translation>그런 곳이 없습니다.</translation>
    </message>
    <message>
        <source>Place, initial consonants or coordinates</source>
        <translation>장소, 초성(ㅅㅇㄷ) 또는 좌표</translation>
    </message>
    <message>
        <source>Go to a place</source>
        <translation>장소로 이동</translation>
    </message>
</context>
<context>
    <name>PrivacyDesk</name>
    <message>
        <source>For supervisors only</source>
        <translation>관제팀장만 열람</translation>
    </message>
    <message>
        <source>Why are {count} cameras withheld? They leave every wall and every share at once.</source>
        <translation>카메라 {count}대의 열람을 왜 제한합니까? 모든 영상벽과 영상제공에서 바로 빠집니다.</translation>
    </message>
    <message>
        <source>Restrict</source>
        <translation>열람 제한</translation>
    </message>
    <message>
        <source>The masks are saved and hold on every console.</source>
        <translation>마스킹을 저장했습니다. 모든 관제석에 적용됩니다.</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>New</source>
        <translation>새 사건</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>내 사건</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Nothing waits to be acknowledged.</source>
        <translation>접수를 기다리는 사건이 없습니다.</translation>
    </message>
    <message>
        <source>You work on no incident.</source>
        <translation>맡은 사건이 없습니다.</translation>
    </message>
    <message>
        <source>No incident is open.</source>
        <translation>진행 중인 사건이 없습니다.</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>로그인한 사람이 없습니다.</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>등록…</translation>
    </message>
    <message>
        <source>Open an incident by hand</source>
        <translation>사건을 직접 등록합니다</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>사건</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Wall</source>
        <translation>영상벽</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Desk</source>
        <translation>처리</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>사건</translation>
    </message>
    <message>
        <source>Acts</source>
        <translation>행위함</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>대장</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>ReceivedPanel</name>
    <message>
        <source>The hub is away: nothing is shown until it is back.</source>
        <translation>허브와 연결이 끊겼습니다. 다시 연결될 때까지 영상을 표시하지 않습니다.</translation>
    </message>
    <message>
        <source>The hub is away. The pictures go dark in {seconds} s.</source>
        <translation>허브와 연결이 끊겼습니다. {seconds}초 뒤 영상이 꺼집니다.</translation>
    </message>
    <message>
        <source>Another camera</source>
        <translation>다른 카메라</translation>
    </message>
    <message>
        <source>Which place should be seen?</source>
        <translation>어느 곳을 보아야 합니까?</translation>
    </message>
    <message>
        <source>Ask the centre</source>
        <translation>관제센터에 요청</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>반납</translation>
    </message>
    <message>
        <source>Give the video back? It is gone at once.</source>
        <translation>영상을 반납할까요? 바로 사라집니다.</translation>
    </message>
    <message>
        <source>Nothing is shared with you now.
It appears here by itself.</source>
        <translation>지금 제공되는 영상이 없습니다.
제공되면 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>{minutes} min more</source>
        <translation>{minutes}분 연장</translation>
    </message>
    <message>
        <source>Asks the centre for more time</source>
        <translation>관제센터에 연장을 요청합니다</translation>
    </message>
    <message>
        <source>Other camera…</source>
        <translation>다른 카메라…</translation>
    </message>
    <message>
        <source>Give back…</source>
        <translation>반납…</translation>
    </message>
    <message>
        <source>Previous camera</source>
        <translation>이전 카메라</translation>
    </message>
    <message>
        <source>Next camera</source>
        <translation>다음 카메라</translation>
    </message>
</context>
<context>
    <name>ReceiverDesk</name>
    <message>
        <source>Shared with us</source>
        <translation>제공받은 영상</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>−{seconds} s</source>
        <translation>−{seconds}초</translation>
    </message>
    <message>
        <source>−{minutes} min {seconds} s</source>
        <translation>−{minutes}분 {seconds}초</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>다시보기</translation>
    </message>
    <message>
        <source>Replay · {time} ({behind})</source>
        <translation>다시보기 · {time} ({behind})</translation>
    </message>
</context>
<context>
    <name>ReplayPanel</name>
    <message>
        <source>Replay</source>
        <translation>다시보기</translation>
    </message>
    <message>
        <source>Fetching the last pictures</source>
        <translation>지난 영상을 가져오는 중</translation>
    </message>
    <message>
        <source>The clip is there but cannot be played</source>
        <translation>영상은 있지만 재생할 수 없습니다</translation>
    </message>
    <message>
        <source>There is no clip</source>
        <translation>다시 볼 영상이 없습니다</translation>
    </message>
    <message>
        <source>Saving the clip</source>
        <translation>영상을 저장하는 중</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>저장함: {file}</translation>
    </message>
    <message>
        <source>Save in another folder</source>
        <translation>다른 폴더에 저장</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Name, number or initial consonants</source>
        <translation>이름, 번호 또는 초성</translation>
    </message>
    <message>
        <source>Find a camera</source>
        <translation>카메라 찾기</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색어 지우기</translation>
    </message>
</context>
<context>
    <name>SelectiveDesk</name>
    <message>
        <source>Selective monitoring. Y: real, X: false alarm, V: back to the wall.</source>
        <translation>선별관제. Y 실제 상황, X 오경보, V 영상벽으로 돌아가기.</translation>
    </message>
    <message>
        <source>Acknowledged. D opens the cameras around it.</source>
        <translation>접수했습니다. D를 누르면 주변 카메라가 열립니다.</translation>
    </message>
    <message>
        <source>False alarm at {name}; {count} of this rule so far.</source>
        <translation>오경보: {name} · 이 규칙으로 {count}번째</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Screen</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>관제요원</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>다시보기·저장</translation>
    </message>
    <message>
        <source>Tours</source>
        <translation>순환</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>사건</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>부하</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색상</translation>
    </message>
    <message>
        <source>Large text</source>
        <translation>큰 글자</translation>
    </message>
    <message>
        <source>No screen saver while a wall is shown</source>
        <translation>영상벽 표시 중 화면 보호기 끄기</translation>
    </message>
    <message>
        <source>Start as a kiosk</source>
        <translation>키오스크로 시작</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Lock after minutes without a touch</source>
        <translation>자동 잠금 (조작이 없는 분)</translation>
    </message>
    <message>
        <source>Sign off after minutes without a touch</source>
        <translation>자동 로그아웃 (조작이 없는 분)</translation>
    </message>
    <message>
        <source>Seconds of instant replay</source>
        <translation>바로 다시보기 길이 (초)</translation>
    </message>
    <message>
        <source>Folder for snapshots</source>
        <translation>정지영상 폴더</translation>
    </message>
    <message>
        <source>Folder for clips</source>
        <translation>저장 영상 폴더</translation>
    </message>
    <message>
        <source>Seconds at a new stop</source>
        <translation>한 순서에 머무는 시간 (초)</translation>
    </message>
    <message>
        <source>A touched tour goes on after (seconds)</source>
        <translation>멈춘 순환을 다시 시작하는 시간 (초)</translation>
    </message>
    <message>
        <source>Base map</source>
        <translation>배경지도</translation>
    </message>
    <message>
        <source>A sound for incidents that are not urgent</source>
        <translation>긴급이 아닌 사건도 소리로 알림</translation>
    </message>
    <message>
        <source>Volume of the alarms (%)</source>
        <translation>경보음 크기 (%)</translation>
    </message>
    <message>
        <source>Types whose dragnet opens by itself</source>
        <translation>투망감시가 저절로 열리는 유형</translation>
    </message>
    <message>
        <source>Processor time for pictures (%)</source>
        <translation>영상에 쓸 CPU (%)</translation>
    </message>
    <message>
        <source>Written into snapshots and into the log of acts.</source>
        <translation>정지영상과 작업 기록에 남습니다.</translation>
    </message>
    <message>
        <source>With a hub only. 0: never. The wall stays in sight.</source>
        <translation>허브를 쓸 때만. 0: 사용 안 함. 영상벽은 계속 보입니다.</translation>
    </message>
    <message>
        <source>With a hub only. 0: never.</source>
        <translation>허브를 쓸 때만. 0: 사용 안 함.</translation>
    </message>
    <message>
        <source>Full screen; Ctrl+Alt+Shift+Q leaves it.</source>
        <translation>전체 화면으로 시작하며 Ctrl+Alt+Shift+Q로 나갑니다.</translation>
    </message>
    <message>
        <source>Kept in memory only. 0 turns it off.</source>
        <translation>메모리에만 둡니다. 0이면 끕니다.</translation>
    </message>
    <message>
        <source>Empty: the system&apos;s folder for pictures.</source>
        <translation>비워 두면 시스템의 사진 폴더에 저장합니다.</translation>
    </message>
    <message>
        <source>Empty: the system&apos;s folder for films.</source>
        <translation>비워 두면 시스템의 동영상 폴더에 저장합니다.</translation>
    </message>
    <message>
        <source>0: it waits until Space is pressed.</source>
        <translation>0이면 스페이스를 누를 때까지 기다립니다.</translation>
    </message>
    <message>
        <source>Urgent ones are always heard.</source>
        <translation>긴급 사건은 언제나 소리가 납니다.</translation>
    </message>
    <message>
        <source>Urgent ones are never below 50 %.</source>
        <translation>긴급 사건은 50 % 아래로 작아지지 않습니다.</translation>
    </message>
    <message>
        <source>Never over a dragnet that is open.</source>
        <translation>열려 있는 투망감시를 밀어내지 않습니다.</translation>
    </message>
    <message>
        <source>An MBTiles file or a folder of tiles. Empty: the boundaries alone.</source>
        <translation>MBTiles 파일 또는 타일 폴더. 비우면 경계만 보입니다.</translation>
    </message>
    <message>
        <source>Above it the least important tiles show fewer pictures.</source>
        <translation>넘으면 덜 중요한 타일부터 영상 수를 줄입니다.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
</context>
<context>
    <name>SettingsPanel</name>
    <message>
        <source>Set by your administrator</source>
        <translation>관리자가 정한 설정입니다</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>파일 선택</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 선택</translation>
    </message>
</context>
<context>
    <name>SettingsTools</name>
    <message>
        <source>Saved: {file}</source>
        <translation>저장했습니다: {file}</translation>
    </message>
    <message>
        <source>Nothing in it differs from what is here.</source>
        <translation>지금 설정과 다른 것이 없습니다.</translation>
    </message>
    <message>
        <source>Import these settings?</source>
        <translation>이 설정을 가져올까요?</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count}건 더 있음</translation>
    </message>
    <message>
        <source>Settings imported. The button under the settings takes it back.</source>
        <translation>설정을 가져왔습니다. 설정 아래의 단추로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>The import was taken back.</source>
        <translation>가져오기를 되돌렸습니다.</translation>
    </message>
    <message>
        <source>Settings as a file</source>
        <translation>설정 파일</translation>
    </message>
    <message>
        <source>Export settings…</source>
        <translation>설정 내보내기…</translation>
    </message>
    <message>
        <source>Import settings…</source>
        <translation>설정 가져오기…</translation>
    </message>
    <message>
        <source>Take the import back</source>
        <translation>가져오기 되돌리기</translation>
    </message>
</context>
<context>
    <name>ShareDesk</name>
    <message>
        <source>Purpose of watching</source>
        <translation>열람 목적</translation>
    </message>
    <message>
        <source>This camera is outside your area. Why is it watched? It is asked once and stands in the ledger.</source>
        <translation>담당 구역 밖의 카메라입니다. 왜 열람합니까? 한 번만 묻고 대장에 기록됩니다.</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>열람</translation>
    </message>
    <message>
        <source>The video is shared with {name}.</source>
        <translation>{name}에 영상을 제공했습니다.</translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message>
        <source>ended</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>1 camera</source>
        <translation>카메라 1대</translation>
    </message>
    <message>
        <source>{count} cameras</source>
        <translation>카메라 {count}대</translation>
    </message>
    <message>
        <source>{by} asks for another camera: {place}</source>
        <translation>{by} 요청: 다른 카메라 ({place})</translation>
    </message>
    <message>
        <source>{by} asks for {minutes} minutes more</source>
        <translation>{by} 요청: {minutes}분 연장</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Hide the panel</source>
        <translation>패널 숨기기</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>User name</source>
        <translation>사용자 이름</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>암호</translation>
    </message>
    <message>
        <source>Six-digit code (only if you were given one)</source>
        <translation>인증번호 6자리 (등록한 사람만)</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>새 암호</translation>
    </message>
    <message>
        <source>New password once more</source>
        <translation>새 암호 다시 입력</translation>
    </message>
    <message>
        <source>Next attempt in {seconds} s</source>
        <translation>{seconds}초 뒤에 다시 시도할 수 있습니다</translation>
    </message>
    <message>
        <source>Signed in: {name}</source>
        <translation>로그인했습니다: {name}</translation>
    </message>
    <message>
        <source>Signed in without the hub: {name}. {left} left.</source>
        <translation>허브 없이 로그인했습니다: {name}. {left} 동안 일할 수 있습니다.</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours}시간</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes}분</translation>
    </message>
</context>
<context>
    <name>SignInDialog</name>
    <message>
        <source>Locked</source>
        <translation>잠김</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Hub: {address}</source>
        <translation>허브: {address}</translation>
    </message>
    <message>
        <source>{name}, enter your password. The wall goes on.</source>
        <translation>{name} 님, 암호를 입력하세요. 영상벽은 계속됩니다.</translation>
    </message>
    <message>
        <source>While the hub is away, people known here can sign in for some hours.</source>
        <translation>허브에 연결할 수 없을 때는 이 컴퓨터에서 로그인한 적이 있는 사람이 정해진 시간 동안 로그인할 수 있습니다.</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>잠금 해제</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Status</source>
        <translation>상태 표시줄</translation>
    </message>
    <message>
        <source>Show the acts that wait for the hub</source>
        <translation>허브로 보낼 행위 보기</translation>
    </message>
    <message>
        <source>Nothing is saved</source>
        <translation>저장되지 않음</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>지연</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>영상 경과</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>No hub</source>
        <translation>허브 없음</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>허브</translation>
    </message>
    <message>
        <source>Acts waiting</source>
        <translation>전송 대기</translation>
    </message>
    <message>
        <source>Acts not taken</source>
        <translation>반영 안 됨</translation>
    </message>
    <message>
        <source>{count}</source>
        <translation>{count}건</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>Skip, with a reason</source>
        <translation>사유를 적고 생략</translation>
    </message>
    <message>
        <source>{time} skipped</source>
        <translation>{time} 생략</translation>
    </message>
    <message>
        <source>Skip the step</source>
        <translation>절차 생략</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>생략</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>This console does not know the steps of this type.</source>
        <translation>이 콘솔이 모르는 유형이라 절차가 없습니다.</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Copy the details</source>
        <translation>자세한 내용 복사</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>확인</translation>
    </message>
</context>
<context>
    <name>TourCommands</name>
    <message>
        <source>walls</source>
        <translation>영상벽</translation>
    </message>
    <message>
        <source>cameras</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Edit tours…</source>
        <translation>순환 편집…</translation>
    </message>
</context>
<context>
    <name>TourEditor</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>deleted wall</source>
        <translation>삭제된 영상벽</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>저장함: {name}</translation>
    </message>
    <message>
        <source>Tours</source>
        <translation>순환</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>순서</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Name of the tour</source>
        <translation>순환 이름</translation>
    </message>
    <message>
        <source>Cameras in a tile</source>
        <translation>타일에 카메라</translation>
    </message>
    <message>
        <source>Saved walls on the window</source>
        <translation>창에 저장된 영상벽</translation>
    </message>
    <message>
        <source>Skip cameras without a live picture</source>
        <translation>끊긴 카메라 건너뛰기</translation>
    </message>
    <message>
        <source>Seconds at a stop</source>
        <translation>머무는 시간 (초)</translation>
    </message>
    <message>
        <source>Find by name or number</source>
        <translation>이름이나 번호로 찾기</translation>
    </message>
    <message>
        <source>New</source>
        <translation>새로 만들기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Drag the stops into order, or move one with Alt and arrows.</source>
        <translation>끌어서 순서를 바꾸거나 Alt+화살표로 옮기세요.</translation>
    </message>
</context>
<context>
    <name>TwoRecords</name>
    <message>
        <source>What was done here</source>
        <translation>여기서 한 행위</translation>
    </message>
    <message>
        <source>What the hub has</source>
        <translation>허브의 기록</translation>
    </message>
    <message>
        <source>no record</source>
        <translation>기록 없음</translation>
    </message>
</context>
<context>
    <name>TypeChooser</name>
    <message>
        <source>{count} types</source>
        <translation>{count}가지 유형</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>UpdateRow</name>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Version {0} runs from the next start on.</source>
        <translation>다음에 시작할 때 {0} 버전이 실행됩니다.</translation>
    </message>
    <message>
        <source>Signed updates are looked for at night, and used from the next start.</source>
        <translation>서명된 업데이트를 밤마다 확인하고, 다음에 시작할 때부터 씁니다.</translation>
    </message>
    <message>
        <source>Group policy looks after the version of this program.</source>
        <translation>이 프로그램의 버전은 그룹 정책(MSI)이 관리합니다.</translation>
    </message>
    <message>
        <source>The system&apos;s packages look after the version of this program.</source>
        <translation>이 프로그램의 버전은 운영체제의 꾸러미 관리자가 관리합니다.</translation>
    </message>
</context>
<context>
    <name>Wall</name>
    <message>
        <source>Tile {place}</source>
        <translation>{place}번 타일</translation>
    </message>
    <message>
        <source>live</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>코덱</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>영상 수</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>화질</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>지연</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>영상 경과</translation>
    </message>
    <message>
        <source>Bit rate</source>
        <translation>비트율</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>받은 양</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>재연결</translation>
    </message>
    <message>
        <source>Decoding errors</source>
        <translation>디코딩 오류</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>마지막 오류</translation>
    </message>
    <message>
        <source>{shown} of {sent} a second</source>
        <translation>초당 {sent}장 중 {shown}장</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>주화면</translation>
    </message>
    <message>
        <source>Sub</source>
        <translation>보조화면</translation>
    </message>
    <message>
        <source>Key frames</source>
        <translation>키 프레임</translation>
    </message>
    <message>
        <source>In part</source>
        <translation>일부만</translation>
    </message>
    <message>
        <source>simplified</source>
        <translation>간이</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>unknown (the camera sends no clock)</source>
        <translation>알 수 없음 (카메라가 시각을 보내지 않음)</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>Enter: show   Esc: cancel</source>
        <translation>Enter: 표시   Esc: 취소</translation>
    </message>
    <message>
        <source>There is no camera with the number {number}</source>
        <translation>{number}번 카메라가 없습니다</translation>
    </message>
    <message>
        <source>No camera has this number yet</source>
        <translation>아직 맞는 카메라가 없습니다</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes}분 {seconds}초</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours}시간 {minutes}분</translation>
    </message>
    <message>
        <source>{state} · {age} ago</source>
        <translation>{state} · {age} 전</translation>
    </message>
    <message>
        <source>{seconds} s late</source>
        <translation>{seconds}초 늦음</translation>
    </message>
    <message>
        <source>No main stream</source>
        <translation>주 영상 없음</translation>
    </message>
    <message>
        <source>Same picture repeating? · {time}</source>
        <translation>같은 영상이 반복되는 듯함 · {time}</translation>
    </message>
    <message>
        <source>Hot spot</source>
        <translation>핫스팟</translation>
    </message>
    <message>
        <source>Tour {place} · paused</source>
        <translation>순환 {place} · 일시정지</translation>
    </message>
    <message>
        <source>Tour {place}</source>
        <translation>순환 {place}</translation>
    </message>
    <message>
        <source>The camera you click elsewhere appears here in full quality</source>
        <translation>다른 곳에서 누른 카메라가 여기에 주화면으로 나옵니다</translation>
    </message>
    <message>
        <source>No tour</source>
        <translation>순환 없음</translation>
    </message>
    <message>
        <source>This tour has been deleted</source>
        <translation>삭제된 순환입니다</translation>
    </message>
    <message>
        <source>Unknown camera</source>
        <translation>알 수 없는 카메라</translation>
    </message>
    <message>
        <source>It is no longer in the camera list</source>
        <translation>카메라 목록에 더 이상 없습니다</translation>
    </message>
    <message>
        <source>Empty tile</source>
        <translation>빈 타일</translation>
    </message>
    <message>
        <source>Type a camera&apos;s number and press Enter, or drag it here</source>
        <translation>카메라 번호를 치고 Enter를 누르거나 여기로 끌어 놓으세요</translation>
    </message>
    <message>
        <source>Nothing is shared now</source>
        <translation>제공 중인 영상이 없습니다</translation>
    </message>
    <message>
        <source>What the centre shares appears here by itself</source>
        <translation>관제센터가 제공하면 여기에 나타납니다</translation>
    </message>
    <message>
        <source>The wall is empty</source>
        <translation>영상벽이 비어 있습니다</translation>
    </message>
    <message>
        <source>Drag cameras here, type a camera&apos;s number and press Enter, or open a saved wall</source>
        <translation>카메라를 끌어 놓거나, 번호를 치고 Enter를 누르거나, 저장된 영상벽을 여세요</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>다시 연결하는 중</translation>
    </message>
    <message>
        <source>Access denied</source>
        <translation>접근 거부</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>Late picture</source>
        <translation>늦은 영상</translation>
    </message>
    <message>
        <source>Frozen picture</source>
        <translation>멈춘 영상</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>연결 중</translation>
    </message>
    <message>
        <source>Sign-in failed</source>
        <translation>인증 실패</translation>
    </message>
    <message>
        <source>No such stream</source>
        <translation>영상 없음</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>연결 안 됨</translation>
    </message>
    <message>
        <source>Cannot be shown</source>
        <translation>표시할 수 없음</translation>
    </message>
    <message>
        <source>The camera list gives no address</source>
        <translation>카메라 목록에 주소가 없습니다</translation>
    </message>
    <message>
        <source>Camera {number} · check the password</source>
        <translation>카메라 {number} · 비밀번호를 확인하세요</translation>
    </message>
    <message>
        <source>The camera sends no new picture</source>
        <translation>새 영상이 오지 않습니다</translation>
    </message>
    <message>
        <source>Reconnecting (attempt {count})</source>
        <translation>다시 연결하는 중 ({count}번째)</translation>
    </message>
    <message>
        <source>Waiting for the first picture</source>
        <translation>첫 영상을 기다리는 중</translation>
    </message>
    <message>
        <source>attempt {count}</source>
        <translation>{count}번째 시도</translation>
    </message>
    <message>
        <source>Check the password</source>
        <translation>비밀번호를 확인하세요</translation>
    </message>
    <message>
        <source>This account may not view the camera</source>
        <translation>이 계정은 이 카메라를 볼 수 없습니다</translation>
    </message>
    <message>
        <source>The camera has no stream at this address</source>
        <translation>이 주소에 카메라 영상이 없습니다</translation>
    </message>
    <message>
        <source>The camera refuses the connection</source>
        <translation>카메라가 연결을 거부합니다</translation>
    </message>
    <message>
        <source>The camera&apos;s host name is unknown</source>
        <translation>카메라의 호스트 이름을 찾을 수 없습니다</translation>
    </message>
    <message>
        <source>The camera does not answer</source>
        <translation>카메라가 응답하지 않습니다</translation>
    </message>
    <message>
        <source>The camera cannot be reached</source>
        <translation>카메라에 닿지 않습니다</translation>
    </message>
    <message>
        <source>Too many are connected, or its own error</source>
        <translation>접속이 너무 많거나 상대의 오류</translation>
    </message>
    <message>
        <source>The certificate could not be verified</source>
        <translation>인증서를 확인할 수 없습니다</translation>
    </message>
    <message>
        <source>The stream has no video</source>
        <translation>영상 신호가 없습니다</translation>
    </message>
    <message>
        <source>The video format is not known</source>
        <translation>알 수 없는 영상 형식입니다</translation>
    </message>
    <message>
        <source>The picture is too large</source>
        <translation>영상이 너무 큽니다</translation>
    </message>
    <message>
        <source>The camera sends unreadable data</source>
        <translation>카메라가 읽을 수 없는 데이터를 보냅니다</translation>
    </message>
    <message>
        <source>The camera&apos;s address is not valid</source>
        <translation>카메라 주소가 올바르지 않습니다</translation>
    </message>
    <message>
        <source>The decoder is being restarted</source>
        <translation>디코더를 다시 시작하는 중</translation>
    </message>
</context>
<context>
    <name>WallCommands</name>
    <message>
        <source>Save the wall</source>
        <translation>영상벽 저장</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>저장함: {name}</translation>
    </message>
    <message>
        <source>There is no saved wall {number}.</source>
        <translation>저장된 영상벽 {number}번이 없습니다.</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>실행 취소: {what}</translation>
    </message>
    <message>
        <source>Done again: {what}</source>
        <translation>다시 실행: {what}</translation>
    </message>
    <message>
        <source>Snapshot saved: {file}</source>
        <translation>정지영상 저장: {file}</translation>
    </message>
</context>
<context>
    <name>WallFrame</name>
    <message>
        <source>The monitor {monitor} is not there: wall {window} is on the main one.</source>
        <translation>모니터 {monitor}이(가) 없어 영상벽 {window}을(를) 주 모니터에 엽니다.</translation>
    </message>
</context>
<context>
    <name>WallShelf</name>
    <message>
        <source>Layout {layout} · {count} cameras</source>
        <translation>{layout}분할 · 카메라 {count}대</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Saved walls</source>
        <translation>저장된 영상벽</translation>
    </message>
    <message>
        <source>Find a wall</source>
        <translation>영상벽 찾기</translation>
    </message>
    <message>
        <source>No saved wall has this name. Save one with Ctrl+S.</source>
        <translation>맞는 영상벽이 없습니다. Ctrl+S로 저장하세요.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>표시</translation>
    </message>
</context>
<context>
    <name>WallView</name>
    <message>
        <source>Wall of cameras</source>
        <translation>카메라 영상벽</translation>
    </message>
</context>
<context>
    <name>WallWindow</name>
    <message>
        <source>Wall {number}</source>
        <translation>영상벽 {number}</translation>
    </message>
</context>
</TS>
