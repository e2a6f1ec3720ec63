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
    'Account' => ['active' => 1, 'address' => 1, 'id' => 1, 'save' => 1],
    'Accounts' => ['item' => 1, 'count' => 1, 'refresh' => 1, 'itembydbid' => 1, 'itembyaddress' => 1],
    'Application' => ['domains' => 1, 'version' => 1, 'authenticate' => 1, 'versionarchitecture' => 1],
    'Domain' => ['name' => 1, 'save' => 1, 'id' => 1, 'active' => 1, 'accounts' => 1, 'delete' => 1, 'maxsize' => 1],
    'Domains' => ['item' => 1, 'refresh' => 1, 'count' => 1, 'add' => 1, 'itembyname' => 1, 'itembydbid' => 1, 'names' => 1, 'deletebydbid' => 1],
];

// The properties with an index.
const POSTROOM_INDEXED = [
];
