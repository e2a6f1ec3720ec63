<?php
// Made by `make clients` of the model's description: change that instead.

defined('ePermissionLookup') || define('ePermissionLookup', 1);
defined('ePermissionRead') || define('ePermissionRead', 2);
defined('ePermissionWriteSeen') || define('ePermissionWriteSeen', 4);
defined('ePermissionWriteOthers') || define('ePermissionWriteOthers', 8);
defined('ePermissionInsert') || define('ePermissionInsert', 16);
defined('ePermissionPost') || define('ePermissionPost', 32);
defined('ePermissionCreate') || define('ePermissionCreate', 64);
defined('ePermissionDeleteMailbox') || define('ePermissionDeleteMailbox', 128);
defined('ePermissionWriteDeleted') || define('ePermissionWriteDeleted', 256);
defined('ePermissionExpunge') || define('ePermissionExpunge', 512);
defined('ePermissionAdminister') || define('ePermissionAdminister', 1024);
defined('ePermissionTypeUser') || define('ePermissionTypeUser', 0);
defined('ePermissionTypeGroup') || define('ePermissionTypeGroup', 1);
defined('ePermissionTypeAnyone') || define('ePermissionTypeAnyone', 2);
defined('hAdminLevelNormal') || define('hAdminLevelNormal', 0);
defined('hAdminLevelDomainAdmin') || define('hAdminLevelDomainAdmin', 1);
defined('hAdminLevelServerAdmin') || define('hAdminLevelServerAdmin', 2);
defined('hDeleteEmail') || define('hDeleteEmail', 0);
defined('hDeleteAttachments') || define('hDeleteAttachments', 1);
defined('eCSNone') || define('eCSNone', 0);
defined('eCSTLS') || define('eCSTLS', 1);
defined('eCSSTARTTLSOptional') || define('eCSSTARTTLSOptional', 2);
defined('eCSSTARTTLSRequired') || define('eCSSTARTTLSRequired', 3);
defined('hDBTypeUnknown') || define('hDBTypeUnknown', 0);
defined('hDBTypeMySQL') || define('hDBTypeMySQL', 1);
defined('hDBTypeMSSQL') || define('hDBTypeMSSQL', 2);
defined('hDBTypePostgreSQL') || define('hDBTypePostgreSQL', 3);
defined('hDBTypeMSSQLCE') || define('hDBTypeMSSQLCE', 4);
defined('eSHA1') || define('eSHA1', 1);
defined('eSHA256') || define('eSHA256', 2);
defined('eCanonicalizationSimple') || define('eCanonicalizationSimple', 1);
defined('eCanonicalizationRelaxed') || define('eCanonicalizationRelaxed', 2);
defined('eDKNeutral') || define('eDKNeutral', 0);
defined('eDKPass') || define('eDKPass', 1);
defined('eDKTempFail') || define('eDKTempFail', 2);
defined('eDKPermFail') || define('eDKPermFail', 3);
defined('eLMPublic') || define('eLMPublic', 0);
defined('eLMMembership') || define('eLMMembership', 1);
defined('eLMAnnouncement') || define('eLMAnnouncement', 2);
defined('eLMDomainMembers') || define('eLMDomainMembers', 3);
defined('eLMServerMembers') || define('eLMServerMembers', 4);
defined('eSMUnknown') || define('eSMUnknown', 0);
defined('eSMSetIfNotSpecifiedInAccount') || define('eSMSetIfNotSpecifiedInAccount', 1);
defined('eSMOverwriteAccountSignature') || define('eSMOverwriteAccountSignature', 2);
defined('eSMAppendToAccountSignature') || define('eSMAppendToAccountSignature', 3);
defined('hLogDeviceUnknown') || define('hLogDeviceUnknown', 0);
defined('hLogDeviceSQL') || define('hLogDeviceSQL', 1);
defined('hLogDeviceFile') || define('hLogDeviceFile', 2);
defined('hLogFormatDefault') || define('hLogFormatDefault', 1);
defined('hLogFormatCSA') || define('hLogFormatCSA', 2);
defined('eUpdateIMAPFolderUID') || define('eUpdateIMAPFolderUID', 1);
defined('eMFSeen') || define('eMFSeen', 1);
defined('eMFDeleted') || define('eMFDeleted', 2);
defined('eMFFlagged') || define('eMFFlagged', 4);
defined('eMFAnswered') || define('eMFAnswered', 8);
defined('eMFDraft') || define('eMFDraft', 16);
defined('eMFRecent') || define('eMFRecent', 32);
defined('eMFVirusScan') || define('eMFVirusScan', 64);
defined('eRAUnknown') || define('eRAUnknown', 0);
defined('eRADeleteEmail') || define('eRADeleteEmail', 1);
defined('eRAForwardEmail') || define('eRAForwardEmail', 2);
defined('eRAReply') || define('eRAReply', 3);
defined('eRAMoveToImapFolder') || define('eRAMoveToImapFolder', 4);
defined('eRARunScriptFunction') || define('eRARunScriptFunction', 5);
defined('eRAStopRuleProcessing') || define('eRAStopRuleProcessing', 6);
defined('eRASetHeaderValue') || define('eRASetHeaderValue', 7);
defined('eRASendUsingRoute') || define('eRASendUsingRoute', 8);
defined('eRACreateCopy') || define('eRACreateCopy', 9);
defined('eRABindToAddress') || define('eRABindToAddress', 10);
defined('eMTUnknown') || define('eMTUnknown', 0);
defined('eMTEquals') || define('eMTEquals', 1);
defined('eMTContains') || define('eMTContains', 2);
defined('eMTLessThan') || define('eMTLessThan', 3);
defined('eMTGreaterThan') || define('eMTGreaterThan', 4);
defined('eMTRegExMatch') || define('eMTRegExMatch', 5);
defined('eMTNotContains') || define('eMTNotContains', 6);
defined('eMTNotEquals') || define('eMTNotEquals', 7);
defined('eMTWildcard') || define('eMTWildcard', 8);
defined('eFTUnknown') || define('eFTUnknown', 0);
defined('eFTFrom') || define('eFTFrom', 1);
defined('eFTTo') || define('eFTTo', 2);
defined('eFTCC') || define('eFTCC', 3);
defined('eFTSubject') || define('eFTSubject', 4);
defined('eFTBody') || define('eFTBody', 5);
defined('eFTMessageSize') || define('eFTMessageSize', 6);
defined('eFTRecipientList') || define('eFTRecipientList', 7);
defined('eFTDeliveryAttempts') || define('eFTDeliveryAttempts', 8);
defined('hStateUnknown') || define('hStateUnknown', 0);
defined('hStateStopped') || define('hStateStopped', 1);
defined('hStateStarting') || define('hStateStarting', 2);
defined('hStateRunning') || define('hStateRunning', 3);
defined('hStateStopping') || define('hStateStopping', 4);
defined('eSTUnknown') || define('eSTUnknown', 0);
defined('eSTSMTP') || define('eSTSMTP', 1);
defined('eSTSMTPClient') || define('eSTSMTPClient', 2);
defined('eSTPOP3') || define('eSTPOP3', 3);
defined('eSTPOP3Client') || define('eSTPOP3Client', 4);
defined('eSTIMAP') || define('eSTIMAP', 5);

// The members of each class, in lower case.
const POSTROOM_MEMBERS = [
    'Account' => ['active' => 1, 'addomain' => 1, 'address' => 1, 'domainid' => 1, 'id' => 1, 'isad' => 1, 'password' => 1, 'size' => 1, 'save' => 1, 'adusername' => 1, 'deletemessages' => 1, 'messages' => 1, 'maxsize' => 1, 'vacationmessageison' => 1, 'vacationmessage' => 1, 'vacationsubject' => 1, 'fetchaccounts' => 1, 'adminlevel' => 1, 'rules' => 1, 'validatepassword' => 1, 'unlockmailbox' => 1, 'imapfolders' => 1, 'quotaused' => 1, 'forwardenabled' => 1, 'forwardaddress' => 1, 'forwardkeeporiginal' => 1, 'signatureenabled' => 1, 'signatureplaintext' => 1, 'signaturehtml' => 1, 'lastlogontime' => 1, 'vacationmessageexpires' => 1, 'vacationmessageexpiresdate' => 1, 'personfirstname' => 1, 'personlastname' => 1, 'delete' => 1],
    'Accounts' => ['item' => 1, 'count' => 1, 'add' => 1, 'delete' => 1, 'refresh' => 1, 'itembydbid' => 1, 'itembyaddress' => 1, 'deletebydbid' => 1],
    'Alias' => ['active' => 1, 'domainid' => 1, 'id' => 1, 'name' => 1, 'value' => 1, 'delete' => 1, 'save' => 1],
    'Aliases' => ['item' => 1, 'count' => 1, 'delete' => 1, 'refresh' => 1, 'add' => 1, 'itembydbid' => 1, 'deletebydbid' => 1, 'itembyname' => 1],
    'AntiSpam' => ['greylistingenabled' => 1, 'greylistinginitialdelay' => 1, 'greylistinginitialdelete' => 1, 'greylistingfinaldelete' => 1, 'surblservers' => 1, 'checkhostinhelo' => 1, 'addheaderspam' => 1, 'addheaderreason' => 1, 'prependsubject' => 1, 'prependsubjecttext' => 1, 'greylistingwhiteaddresses' => 1, 'whitelistaddresses' => 1, 'checkhostinheloscore' => 1, 'spammarkthreshold' => 1, 'spamdeletethreshold' => 1, 'usespf' => 1, 'usemxchecks' => 1, 'usespfscore' => 1, 'usemxchecksscore' => 1, 'dnsblacklists' => 1, 'tarpitdelay' => 1, 'tarpitcount' => 1, 'spamassassinenabled' => 1, 'spamassassinscore' => 1, 'spamassassinmergescore' => 1, 'spamassassinhost' => 1, 'spamassassinport' => 1, 'cleargreylistingtriplets' => 1, 'maximummessagesize' => 1, 'dkimverify' => 1, 'dkimverificationenabled' => 1, 'dkimverificationfailurescore' => 1, 'bypassgreylistingonspfsuccess' => 1, 'bypassgreylistingonmailfrommx' => 1, 'testspamassassinconnection' => 1, 'checkptr' => 1, 'checkptrscore' => 1],
    'AntiVirus' => ['clamwinenabled' => 1, 'clamwinexecutable' => 1, 'clamwindbfolder' => 1, 'action' => 1, 'notifyreceiver' => 1, 'notifysender' => 1, 'customscannerenabled' => 1, 'customscannerexecutable' => 1, 'customscannerreturnvalue' => 1, 'maximummessagesize' => 1, 'blockedattachments' => 1, 'enableattachmentblocking' => 1, 'clamavenabled' => 1, 'clamavhost' => 1, 'clamavport' => 1, 'testcustomerscanner' => 1, 'testclamwinscanner' => 1, 'testclamavscanner' => 1],
    'Application' => ['start' => 1, 'stop' => 1, 'settings' => 1, 'domains' => 1, 'serverstate' => 1, 'database' => 1, 'utilities' => 1, 'submitemail' => 1, 'status' => 1, 'version' => 1, 'connect' => 1, 'initializationfile' => 1, 'reinitialize' => 1, 'rules' => 1, 'backupmanager' => 1, 'globalobjects' => 1, 'authenticate' => 1, 'links' => 1, 'diagnostics' => 1, 'versionarchitecture' => 1],
    'Attachment' => ['filename' => 1, 'size' => 1, 'saveas' => 1, 'delete' => 1],
    'Attachments' => ['item' => 1, 'count' => 1, 'clear' => 1, 'add' => 1],
    'Backup' => ['startrestore' => 1, 'containssettings' => 1, 'containsdomains' => 1, 'containsmessages' => 1, 'restoresettings' => 1, 'restoredomains' => 1, 'restoremessages' => 1],
    'BackupManager' => ['startbackup' => 1, 'loadbackup' => 1],
    'BackupSettings' => ['destination' => 1, 'backupsettings' => 1, 'backupdomains' => 1, 'backupmessages' => 1, 'compressdestinationfiles' => 1, 'logfile' => 1],
    'BlockedAttachment' => ['id' => 1, 'wildcard' => 1, 'save' => 1, 'description' => 1, 'delete' => 1],
    'BlockedAttachments' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembydbid' => 1, 'refresh' => 1],
    'Cache' => ['enabled' => 1, 'domaincachettl' => 1, 'domainhitrate' => 1, 'accountcachettl' => 1, 'accounthitrate' => 1, 'clear' => 1, 'aliascachettl' => 1, 'aliashitrate' => 1, 'distributionlistcachettl' => 1, 'distributionlisthitrate' => 1, 'domaincachemaxsizekb' => 1, 'domaincachesizekb' => 1, 'accountcachemaxsizekb' => 1, 'accountcachesizekb' => 1, 'aliascachemaxsizekb' => 1, 'aliascachesizekb' => 1, 'distributionlistcachemaxsizekb' => 1, 'distributionlistcachesizekb' => 1],
    'Client' => ['port' => 1, 'ipaddress' => 1, 'username' => 1, 'helo' => 1, 'authenticated' => 1, 'encryptedconnection' => 1, 'cipherversion' => 1, 'ciphername' => 1, 'cipherbits' => 1, 'sessionid' => 1],
    'DNSBlackList' => ['active' => 1, 'id' => 1, 'dnshost' => 1, 'rejectmessage' => 1, 'expectedresult' => 1, 'save' => 1, 'score' => 1, 'delete' => 1],
    'DNSBlackLists' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembydbid' => 1, 'refresh' => 1, 'itembydnshost' => 1],
    'Database' => ['requiredversion' => 1, 'currentversion' => 1, 'executesql' => 1, 'databasetype' => 1, 'utilgetfilenamebymessageid' => 1, 'requiresupgrade' => 1, 'createinternaldatabase' => 1, 'createexternaldatabase' => 1, 'databaseexists' => 1, 'begintransaction' => 1, 'committransaction' => 1, 'rollbacktransaction' => 1, 'executesqlscript' => 1, 'setdefaultdatabase' => 1, 'isconnected' => 1, 'servername' => 1, 'databasename' => 1, 'executesqlwithreturn' => 1, 'ensureprerequisites' => 1],
    'DeliveryQueue' => ['clear' => 1, 'resetdeliverytime' => 1, 'startdelivery' => 1, 'remove' => 1],
    'DiagnosticResult' => ['name' => 1, 'description' => 1, 'executiondetails' => 1, 'result' => 1],
    'DiagnosticResults' => ['count' => 1, 'item' => 1],
    'Diagnostics' => ['performtests' => 1, 'localdomainname' => 1, 'testdomainname' => 1],
    'Directories' => ['programdirectory' => 1, 'databasedirectory' => 1, 'datadirectory' => 1, 'logdirectory' => 1, 'tempdirectory' => 1, 'eventdirectory' => 1, 'dbscriptdirectory' => 1],
    'DistributionList' => ['id' => 1, 'delete' => 1, 'save' => 1, 'active' => 1, 'recipients' => 1, 'address' => 1, 'requiresmtpauth' => 1, 'requiresenderaddress' => 1, 'mode' => 1],
    'DistributionListRecipient' => ['id' => 1, 'recipientaddress' => 1, 'delete' => 1, 'save' => 1],
    'DistributionListRecipients' => ['item' => 1, 'count' => 1, 'itembydbid' => 1, 'add' => 1, 'deletebydbid' => 1],
    'DistributionLists' => ['item' => 1, 'count' => 1, 'itembydbid' => 1, 'add' => 1, 'deletebydbid' => 1, 'itembyaddress' => 1, 'refresh' => 1],
    'Domain' => ['name' => 1, 'save' => 1, 'id' => 1, 'active' => 1, 'accounts' => 1, 'delete' => 1, 'aliases' => 1, 'distributionlists' => 1, 'postmaster' => 1, 'domainaliases' => 1, 'addomainname' => 1, 'synchronizedirectory' => 1, 'maxmessagesize' => 1, 'plusaddressingenabled' => 1, 'plusaddressingcharacter' => 1, 'antispamenablegreylisting' => 1, 'maxsize' => 1, 'size' => 1, 'allocatedsize' => 1, 'signatureenabled' => 1, 'signaturemethod' => 1, 'signatureplaintext' => 1, 'signaturehtml' => 1, 'addsignaturestoreplies' => 1, 'addsignaturestolocalmail' => 1, 'maxnumberofaccounts' => 1, 'maxnumberofaliases' => 1, 'maxnumberofdistributionlists' => 1, 'maxnumberofaccountsenabled' => 1, 'maxnumberofaliasesenabled' => 1, 'maxnumberofdistributionlistsenabled' => 1, 'maxaccountsize' => 1, 'dkimsignenabled' => 1, 'dkimselector' => 1, 'dkimprivatekeyfile' => 1, 'dkimheadercanonicalizationmethod' => 1, 'dkimbodycanonicalizationmethod' => 1, 'dkimsigningalgorithm' => 1],
    'DomainAlias' => ['id' => 1, 'aliasname' => 1, 'domainid' => 1, 'save' => 1, 'delete' => 1],
    'DomainAliases' => ['item' => 1, 'count' => 1, 'itembydbid' => 1, 'refresh' => 1, 'delete' => 1, 'deletebydbid' => 1, 'add' => 1],
    'Domains' => ['item' => 1, 'refresh' => 1, 'count' => 1, 'add' => 1, 'itembyname' => 1, 'itembydbid' => 1, 'names' => 1, 'deletebydbid' => 1],
    'EventLog' => ['write' => 1],
    'FetchAccount' => ['id' => 1, 'name' => 1, 'serveraddress' => 1, 'port' => 1, 'servertype' => 1, 'username' => 1, 'password' => 1, 'minutesbetweenfetch' => 1, 'daystokeepmessages' => 1, 'save' => 1, 'accountid' => 1, 'enabled' => 1, 'processmimerecipients' => 1, 'downloadnow' => 1, 'processmimedate' => 1, 'usessl' => 1, 'delete' => 1, 'nextdownloadtime' => 1, 'useantispam' => 1, 'useantivirus' => 1, 'enablerouterecipients' => 1, 'islocked' => 1, 'connectionsecurity' => 1, 'mimerecipientheaders' => 1],
    'FetchAccounts' => ['count' => 1, 'itembydbid' => 1, 'item' => 1, 'refresh' => 1, 'delete' => 1, 'deletebydbid' => 1, 'add' => 1],
    'GlobalObjects' => ['deliveryqueue' => 1, 'languages' => 1],
    'GreyListingWhiteAddress' => ['id' => 1, 'ipaddress' => 1, 'description' => 1, 'save' => 1, 'delete' => 1],
    'GreyListingWhiteAddresses' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembydbid' => 1, 'refresh' => 1, 'itembyname' => 1],
    'Group' => ['id' => 1, 'name' => 1, 'members' => 1, 'save' => 1, 'delete' => 1],
    'GroupMember' => ['id' => 1, 'groupid' => 1, 'accountid' => 1, 'save' => 1, 'delete' => 1, 'account' => 1],
    'GroupMembers' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembydbid' => 1, 'refresh' => 1],
    'Groups' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembydbid' => 1, 'itembyname' => 1, 'refresh' => 1],
    'IMAPFolder' => ['id' => 1, 'name' => 1, 'subscribed' => 1, 'messages' => 1, 'subfolders' => 1, 'save' => 1, 'parentid' => 1, 'permissions' => 1, 'delete' => 1, 'currentuid' => 1, 'creationtime' => 1],
    'IMAPFolderPermission' => ['id' => 1, 'sharefolderid' => 1, 'permissiontype' => 1, 'permissiongroupid' => 1, 'permissionaccountid' => 1, 'value' => 1, 'permission' => 1, 'save' => 1, 'delete' => 1, 'account' => 1, 'group' => 1],
    'IMAPFolderPermissions' => ['item' => 1, 'count' => 1, 'delete' => 1, 'refresh' => 1, 'add' => 1, 'itembydbid' => 1, 'deletebydbid' => 1, 'itembyname' => 1],
    'IMAPFolders' => ['item' => 1, 'itembydbid' => 1, 'itembyname' => 1, 'count' => 1, 'add' => 1, 'deletebydbid' => 1],
    'IncomingRelay' => ['id' => 1, 'lowerip' => 1, 'upperip' => 1, 'name' => 1, 'delete' => 1, 'save' => 1],
    'IncomingRelays' => ['item' => 1, 'itembydbid' => 1, 'delete' => 1, 'deletebydbid' => 1, 'refresh' => 1, 'add' => 1, 'count' => 1, 'itembyname' => 1],
    'Language' => ['string' => 1, 'name' => 1, 'isdownloaded' => 1, 'download' => 1],
    'Languages' => ['item' => 1, 'count' => 1, 'itembyname' => 1],
    'Links' => ['domain' => 1, 'account' => 1, 'alias' => 1, 'distributionlist' => 1],
    'Logging' => ['enabled' => 1, 'logsmtp' => 1, 'logpop3' => 1, 'logtcpip' => 1, 'logapplication' => 1, 'device' => 1, 'logformat' => 1, 'logdebug' => 1, 'logimap' => 1, 'enablelivelogging' => 1, 'directory' => 1, 'livelog' => 1, 'awstatsenabled' => 1, 'maskpasswordsinlog' => 1, 'currenteventlog' => 1, 'currenterrorlog' => 1, 'currentawstatslog' => 1, 'currentdefaultlog' => 1, 'keepfilesopen' => 1, 'liveloggingenabled' => 1],
    'Message' => ['id' => 1, 'filename' => 1, 'subject' => 1, 'from' => 1, 'date' => 1, 'body' => 1, 'htmlbody' => 1, 'attachments' => 1, 'save' => 1, 'to' => 1, 'addrecipient' => 1, 'fromaddress' => 1, 'state' => 1, 'size' => 1, 'clearrecipients' => 1, 'cc' => 1, 'recipients' => 1, 'headervalue' => 1, 'hasbodytype' => 1, 'encodefields' => 1, 'flag' => 1, 'internaldate' => 1, 'headers' => 1, 'refreshcontent' => 1, 'deliveryattempt' => 1, 'charset' => 1, 'copy' => 1, 'uid' => 1],
    'MessageHeader' => ['name' => 1, 'value' => 1, 'delete' => 1],
    'MessageHeaders' => ['item' => 1, 'count' => 1, 'itembyname' => 1],
    'MessageIndexing' => ['totalmessagecount' => 1, 'totalindexedcount' => 1, 'enabled' => 1, 'clear' => 1, 'index' => 1],
    'Messages' => ['item' => 1, 'count' => 1, 'itembydbid' => 1, 'deletebydbid' => 1, 'add' => 1, 'clear' => 1],
    'Recipient' => ['address' => 1, 'islocaluser' => 1, 'originaladdress' => 1],
    'Recipients' => ['item' => 1, 'count' => 1],
    'Result' => ['value' => 1, 'message' => 1, 'parameter' => 1],
    'Route' => ['id' => 1, 'domainname' => 1, 'targetsmtphost' => 1, 'targetsmtpport' => 1, 'numberoftries' => 1, 'minutesbetweentry' => 1, 'alladdresses' => 1, 'addresses' => 1, 'relayerrequiresauth' => 1, 'relayerauthusername' => 1, 'setrelayerauthpassword' => 1, 'treatsecurityaslocaldomain' => 1, 'save' => 1, 'usessl' => 1, 'description' => 1, 'delete' => 1, 'treatsenderaslocaldomain' => 1, 'treatrecipientaslocaldomain' => 1, 'connectionsecurity' => 1],
    'RouteAddress' => ['id' => 1, 'address' => 1, 'routeid' => 1, 'save' => 1, 'delete' => 1],
    'RouteAddresses' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'deletebyaddress' => 1, 'itembydbid' => 1],
    'Routes' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembyname' => 1, 'itembydbid' => 1, 'refresh' => 1],
    'Rule' => ['id' => 1, 'accountid' => 1, 'name' => 1, 'active' => 1, 'useand' => 1, 'criterias' => 1, 'actions' => 1, 'save' => 1, 'moveup' => 1, 'movedown' => 1, 'delete' => 1],
    'RuleAction' => ['id' => 1, 'ruleid' => 1, 'type' => 1, 'subject' => 1, 'body' => 1, 'fromname' => 1, 'fromaddress' => 1, 'filename' => 1, 'to' => 1, 'imapfolder' => 1, 'save' => 1, 'scriptfunction' => 1, 'moveup' => 1, 'movedown' => 1, 'headername' => 1, 'value' => 1, 'delete' => 1, 'routeid' => 1],
    'RuleActions' => ['item' => 1, 'itembydbid' => 1, 'count' => 1, 'add' => 1, 'deletebydbid' => 1, 'refresh' => 1, 'delete' => 1],
    'RuleCriteria' => ['id' => 1, 'ruleid' => 1, 'matchvalue' => 1, 'usepredefined' => 1, 'predefinedfield' => 1, 'matchtype' => 1, 'headerfield' => 1, 'save' => 1, 'delete' => 1],
    'RuleCriterias' => ['item' => 1, 'itembydbid' => 1, 'count' => 1, 'add' => 1, 'deletebydbid' => 1, 'refresh' => 1, 'delete' => 1],
    'Rules' => ['item' => 1, 'itembydbid' => 1, 'count' => 1, 'add' => 1, 'deletebydbid' => 1, 'refresh' => 1],
    'SSLCertificate' => ['id' => 1, 'name' => 1, 'save' => 1, 'certificatefile' => 1, 'privatekeyfile' => 1, 'delete' => 1],
    'SSLCertificates' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembydbid' => 1, 'refresh' => 1, 'clear' => 1],
    'SURBLServer' => ['active' => 1, 'id' => 1, 'dnshost' => 1, 'rejectmessage' => 1, 'save' => 1, 'score' => 1, 'delete' => 1],
    'SURBLServers' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembydbid' => 1, 'refresh' => 1, 'itembydnshost' => 1],
    'Scripting' => ['enabled' => 1, 'language' => 1, 'reload' => 1, 'checksyntax' => 1, 'directory' => 1, 'currentscriptfile' => 1],
    'SecurityRange' => ['id' => 1, 'lowerip' => 1, 'upperip' => 1, 'allowsmtpconnections' => 1, 'allowpop3connections' => 1, 'priority' => 1, 'save' => 1, 'allowimapconnections' => 1, 'name' => 1, 'requireauthfordeliverytolocal' => 1, 'requireauthfordeliverytoremote' => 1, 'allowdeliveryfromlocaltolocal' => 1, 'allowdeliveryfromlocaltoremote' => 1, 'allowdeliveryfromremotetolocal' => 1, 'allowdeliveryfromremotetoremote' => 1, 'enablespamprotection' => 1, 'isforwardingrelay' => 1, 'enableantivirus' => 1, 'delete' => 1, 'expires' => 1, 'expirestime' => 1, 'requiresmtpauthlocaltolocal' => 1, 'requiresmtpauthlocaltoexternal' => 1, 'requiresmtpauthexternaltolocal' => 1, 'requiresmtpauthexternaltoexternal' => 1, 'requiressltlsforauth' => 1],
    'SecurityRanges' => ['item' => 1, 'itembydbid' => 1, 'delete' => 1, 'deletebydbid' => 1, 'refresh' => 1, 'add' => 1, 'count' => 1, 'itembyname' => 1, 'setdefault' => 1],
    'ServerMessage' => ['id' => 1, 'name' => 1, 'save' => 1, 'text' => 1],
    'ServerMessages' => ['item' => 1, 'count' => 1, 'itembydbid' => 1, 'itembyname' => 1, 'refresh' => 1],
    'Settings' => ['maxsmtpconnections' => 1, 'maxpop3connections' => 1, 'mirroremailaddress' => 1, 'allowsmtpauthplain' => 1, 'denymailfromnull' => 1, 'logging' => 1, 'securityranges' => 1, 'smtpnooftries' => 1, 'smtpminutesbetweentry' => 1, 'smtprelayer' => 1, 'welcomesmtp' => 1, 'welcomepop3' => 1, 'welcomeimap' => 1, 'servicesmtp' => 1, 'servicepop3' => 1, 'serviceimap' => 1, 'maxdeliverythreads' => 1, 'antivirus' => 1, 'routes' => 1, 'hostname' => 1, 'smtprelayerrequiresauthentication' => 1, 'smtprelayerusername' => 1, 'setsmtprelayerpassword' => 1, 'smtprelayerport' => 1, 'userinterfacelanguage' => 1, 'scripting' => 1, 'maxmessagesize' => 1, 'cache' => 1, 'rulelooplimit' => 1, 'backup' => 1, 'defaultdomain' => 1, 'smtpdeliverybindtoip' => 1, 'maximapconnections' => 1, 'imapsortenabled' => 1, 'imapquotaenabled' => 1, 'imapidleenabled' => 1, 'workerthreadpriority' => 1, 'tcpipthreads' => 1, 'allowincorrectlineendings' => 1, 'maxsmtprecipientsinbatch' => 1, 'antispam' => 1, 'disconnectinvalidclients' => 1, 'maxnumberofinvalidcommands' => 1, 'servermessages' => 1, 'tcpipports' => 1, 'smtprelayerusessl' => 1, 'sslcertificates' => 1, 'adddeliveredtoheader' => 1, 'imappublicfoldername' => 1, 'imapaclenabled' => 1, 'setadministratorpassword' => 1, 'directories' => 1, 'publicfolders' => 1, 'publicfolderdiskname' => 1, 'groups' => 1, 'incomingrelays' => 1, 'autobanonlogonfailure' => 1, 'maxinvalidlogonattempts' => 1, 'maxinvalidlogonattemptswithin' => 1, 'autobanminutes' => 1, 'clearlogonfailurelist' => 1, 'imaphierarchydelimiter' => 1, 'maxasynchronousthreads' => 1, 'messageindexing' => 1, 'maxnumberofmxhosts' => 1, 'smtprelayerconnectionsecurity' => 1, 'smtpconnectionsecurity' => 1, 'verifyremotesslcertificate' => 1, 'sslcipherlist' => 1, 'tlsversion10enabled' => 1, 'tlsversion11enabled' => 1, 'tlsversion12enabled' => 1, 'crashsimulationmode' => 1, 'imapmasteruser' => 1, 'imapauthallowplaintext' => 1, 'imapsaslplainenabled' => 1, 'imapsaslinitialresponseenabled' => 1, 'tlsversion13enabled' => 1, 'ipv6preferredenabled' => 1],
    'Status' => ['undeliveredmessages' => 1, 'starttime' => 1, 'processedmessages' => 1, 'removedviruses' => 1, 'removedspammessages' => 1, 'sessioncount' => 1, 'threadid' => 1],
    'TCPIPPort' => ['id' => 1, 'protocol' => 1, 'portnumber' => 1, 'save' => 1, 'address' => 1, 'usessl' => 1, 'sslcertificateid' => 1, 'delete' => 1, 'connectionsecurity' => 1],
    'TCPIPPorts' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembydbid' => 1, 'refresh' => 1, 'setdefault' => 1],
    'Utilities' => ['getmailserver' => 1, 'isvalidemailaddress' => 1, 'isvaliddomainname' => 1, 'md5' => 1, 'blowfishencrypt' => 1, 'blowfishdecrypt' => 1, 'makedependent' => 1, 'importmessagefromfile' => 1, 'emailallaccounts' => 1, 'generateguid' => 1, 'runtestsuite' => 1, 'islocalhost' => 1, 'importmessagefromfiletoimapfolder' => 1, 'isstrongpassword' => 1, 'sha256' => 1, 'criteriamatch' => 1, 'retrievemessageid' => 1, 'isvalidipaddress' => 1, 'performmaintenance' => 1],
    'WhiteListAddress' => ['id' => 1, 'loweripaddress' => 1, 'upperipaddress' => 1, 'emailaddress' => 1, 'description' => 1, 'save' => 1, 'delete' => 1],
    'WhiteListAddresses' => ['item' => 1, 'count' => 1, 'deletebydbid' => 1, 'add' => 1, 'itembydbid' => 1, 'refresh' => 1, 'clear' => 1],
];

// The properties with an index.
const POSTROOM_INDEXED = [
    'IMAPFolderPermission' => ['permission' => 1],
    'Message' => ['headervalue' => 1, 'flag' => 1],
];
