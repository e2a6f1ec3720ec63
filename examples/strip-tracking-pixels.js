// Takes images out of mail from outside that only tell its sender who has read it: those of one pixel, hidden ones, and those of known trackers.
//
// Trigger:  OnAcceptMessage.
// Settings: TRACKERS, parts of addresses that only trackers have.
// Note:     a changed text breaks the sender's DKIM signature: programs that check it afterwards will complain.

var TRACKERS = ["/track/open", "mailtrack.io", "/wf/open?", "pixel.gif?"];

function OnAcceptMessage(oClient, oMessage) {
   if (oClient.Username !== "") return;
   var html = String(oMessage.HTMLBody);
   if (html.indexOf("<") < 0) return;
   var removed = 0;
   var clean = html.replace(/<img\b[^>]*>/gi, function (image) {
      if (!tracks(image)) return image;
      removed++;
      return "";
   });
   if (removed === 0) return;
   oMessage.HTMLBody = clean;
   oMessage.HeaderValue("X-Tracking-Pixels-Removed") = removed;
   oMessage.Save();
}

function tracks(image) {
   var tiny = /\bwidth\s*[=:]\s*["']?[01](px)?\s*["';\s\/>]/i.test(image) && /\bheight\s*[=:]\s*["']?[01](px)?\s*["';\s\/>]/i.test(image);
   if (tiny || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(image)) return true;
   for (var i = 0; i < TRACKERS.length; i++)
      if (image.indexOf(TRACKERS[i]) >= 0) return true;
   return false;
}
