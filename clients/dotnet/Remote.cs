// The line to the server and the objects on it: what the generated classes stand on. No package is needed.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Postroom
{
    /// <summary>Where objects made by <c>new hMailServer.Application()</c> come from: POSTROOM_CLIENT_URL and POSTROOM_CLIENT_KEY, else this machine.</summary>
    public static class Server
    {
        public static string Url = Environment.GetEnvironmentVariable("POSTROOM_CLIENT_URL") ?? "http://127.0.0.1:8787";
        public static string Key = Environment.GetEnvironmentVariable("POSTROOM_CLIENT_KEY") ?? "";

        private static readonly object turn = new object();
        private static Session session;

        /// <summary>The session of this process with the server.</summary>
        public static Session Session
        {
            get
            {
                lock (turn)
                {
                    if (session == null || session.Url != Url)
                        session = new Session(Url, Key);
                    return session;
                }
            }
        }
    }

    /// <summary>One session; calls go one after another.</summary>
    public sealed class Session
    {
        public readonly string Url;
        private readonly string key;
        private readonly object turn = new object();
        private readonly Queue<long> released = new Queue<long>();
        private string token;
        private long number;

        public Session(string url, string key)
        {
            var address = new UriBuilder(url);
            if (address.Path == "" || address.Path == "/")
                address.Path = "/com/v1";
            Url = url;
            this.key = key;
            this.address = address.Uri;
            ServicePointManager.FindServicePoint(this.address).UseNagleAlgorithm = false;
        }

        private readonly Uri address;

        /// <summary>Sends a request of the protocol and gives its result; throws COMException.</summary>
        public Dictionary<string, object> Request(string method, params object[] pairs)
        {
            lock (turn)
            {
                if (token == null)
                    token = (string)Exchange("com.open", new Dictionary<string, object> { { "client", "postroom dotnet" }, { "v", 1 } })["s"];
                var given = new Dictionary<string, object> { { "s", token } };
                for (int index = 0; index < pairs.Length; index += 2)
                    given[(string)pairs[index]] = pairs[index + 1];
                lock (released)
                {
                    if (released.Count > 0)
                        given["release"] = released.ToArray();
                    released.Clear();
                }
                return Exchange(method, given);
            }
        }

        /// <summary>Lets go of a handle with the next request; finalizers call it.</summary>
        public void Release(long handle)
        {
            lock (released)
                released.Enqueue(handle);
        }

        private Dictionary<string, object> Exchange(string method, Dictionary<string, object> given)
        {
            var request = new Dictionary<string, object> { { "jsonrpc", "2.0" }, { "id", ++number }, { "method", method }, { "params", given } };
            var answer = Json.Read(Post(Encoding.UTF8.GetBytes(Json.Write(request)))) as Dictionary<string, object>;
            object error, result;
            if (answer != null && answer.TryGetValue("error", out error))
                throw Failure((Dictionary<string, object>)error);
            if (answer == null || !answer.TryGetValue("result", out result))
                throw new COMException("The server's answer is none of the protocol.", unchecked((int)0x80004005));
            return result as Dictionary<string, object>;
        }

        private string Post(byte[] body)
        {
            var request = (HttpWebRequest)WebRequest.Create(address);
            request.Method = "POST";
            request.ContentType = "application/json";
            request.ContentLength = body.Length;
            request.Timeout = request.ReadWriteTimeout = 600000;
            request.Proxy = null;
            request.ServicePoint.Expect100Continue = false;
            if (key != "")
                request.Headers["Authorization"] = "Bearer " + key;
            try
            {
                using (var stream = request.GetRequestStream())
                    stream.Write(body, 0, body.Length);
                using (var response = request.GetResponse())
                using (var reader = new StreamReader(response.GetResponseStream(), Encoding.UTF8))
                    return reader.ReadToEnd();
            }
            catch (WebException error)
            {
                if (error.Response == null)
                    throw new COMException("The RPC server is unavailable: " + address + " (" + error.Message + ")", unchecked((int)0x800706BA));
                using (error.Response)
                    throw new COMException("The server refuses the connection: " + error.Message, unchecked((int)0x80070005));
            }
        }

        private static COMException Failure(Dictionary<string, object> error)
        {
            object data, code;
            int hresult = unchecked((int)0x80004005);
            if (error.TryGetValue("data", out data) && ((Dictionary<string, object>)data).TryGetValue("hresult", out code))
                hresult = unchecked((int)Convert.ToUInt32(((string)code).Substring(2), 16));
            return new COMException((string)error["message"], hresult) { Source = "hMailServer COM library" };
        }
    }

    /// <summary>An object of the server.</summary>
    public abstract class RemoteObject
    {
        private readonly Session session;
        private readonly long handle;

        /// <summary>Makes one alone, by its ProgID.</summary>
        protected RemoteObject(string progid)
        {
            session = Server.Session;
            handle = Convert.ToInt64(((Dictionary<string, object>)session.Request("com.create", "progid", progid)["v"])["h"]);
        }

        protected RemoteObject(Session session, long handle)
        {
            this.session = session;
            this.handle = handle;
        }

        ~RemoteObject()
        {
            if (session != null)
                session.Release(handle);
        }

        protected object Get(string name, params object[] index)
        {
            return Value("com.get", name, index, null);
        }

        protected void Put(string name, params object[] indexAndValue)
        {
            session.Request("com.put", "o", handle, "m", name, "a", Given(indexAndValue));
        }

        protected object Call(string name, params object[] arguments)
        {
            return Value("com.call", name, arguments, null);
        }

        protected object CallOut(string name, Dictionary<string, object> outs, params object[] arguments)
        {
            return Value("com.call", name, arguments, outs);
        }

        private object Value(string method, string name, object[] arguments, Dictionary<string, object> outs)
        {
            var told = session.Request(method, "o", handle, "m", name, "a", Given(arguments));
            object found;
            if (outs != null && told.TryGetValue("out", out found))
                foreach (var one in (Dictionary<string, object>)found)
                    outs[one.Key] = Taken(one.Value);
            return told.TryGetValue("v", out found) ? Taken(found) : null;
        }

        private static object[] Given(object[] values)
        {
            var given = new object[values.Length];
            for (int index = 0; index < values.Length; index++)
            {
                var target = values[index] as RemoteObject;
                if (target != null)
                    given[index] = new Dictionary<string, object> { { "$t", "obj" }, { "h", target.handle } };
                else if (values[index] is DateTime)
                    given[index] = new Dictionary<string, object> { { "$t", "date" }, { "v", ((DateTime)values[index]).ToString("s") } };
                else if (values[index] is Enum)
                    given[index] = Convert.ToInt32(values[index]);
                else
                    given[index] = values[index];
            }
            return given;
        }

        private object Taken(object value)
        {
            var tagged = value as Dictionary<string, object>;
            if (tagged == null)
                return value;
            switch ((string)tagged["$t"])
            {
                case "obj": return hMailServer.Classes.Make((string)tagged["c"], session, Convert.ToInt64(tagged["h"]));
                case "i8": return long.Parse((string)tagged["v"], CultureInfo.InvariantCulture);
                case "date": return DateTime.ParseExact((string)tagged["v"], "s", CultureInfo.InvariantCulture);
                case "bin": return Convert.FromBase64String((string)tagged["v"]);
                default: return null;
            }
        }
    }

    /// <summary>JSON as far as the protocol needs it: objects are dictionaries, arrays are lists, whole numbers are long.</summary>
    internal static class Json
    {
        public static string Write(object value)
        {
            var text = new StringBuilder();
            Write(text, value);
            return text.ToString();
        }

        private static void Write(StringBuilder text, object value)
        {
            var pairs = value as Dictionary<string, object>;
            var list = value as Array;
            if (value == null)
                text.Append("null");
            else if (value is string)
                WriteText(text, (string)value);
            else if (value is bool)
                text.Append((bool)value ? "true" : "false");
            else if (pairs != null)
            {
                char mark = '{';
                foreach (var pair in pairs)
                {
                    text.Append(mark);
                    WriteText(text, pair.Key);
                    text.Append(':');
                    Write(text, pair.Value);
                    mark = ',';
                }
                text.Append(mark == '{' ? "{}" : "}");
            }
            else if (list != null)
            {
                text.Append('[');
                for (int index = 0; index < list.Length; index++)
                {
                    if (index > 0)
                        text.Append(',');
                    Write(text, list.GetValue(index));
                }
                text.Append(']');
            }
            else
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        private static void WriteText(StringBuilder text, string value)
        {
            text.Append('"');
            foreach (char one in value)
            {
                if (one == '"' || one == '\\')
                    text.Append('\\').Append(one);
                else if (one < ' ' || char.IsSurrogate(one))
                    text.Append("\\u").Append(((int)one).ToString("x4"));
                else
                    text.Append(one);
            }
            text.Append('"');
        }

        public static object Read(string text)
        {
            int at = 0;
            return Read(text, ref at, 0);
        }

        private static object Read(string text, ref int at, int depth)
        {
            if (depth > 100)
                throw new FormatException("JSON is nested too deeply.");
            Skip(text, ref at);
            char first = at < text.Length ? text[at] : '\0';
            if (first == '{')
            {
                var pairs = new Dictionary<string, object>();
                for (at++; !Ends(text, ref at, '}');)
                {
                    string name = ReadText(text, ref at);
                    Skip(text, ref at);
                    at++; // the colon
                    pairs[name] = Read(text, ref at, depth + 1);
                }
                return pairs;
            }
            if (first == '[')
            {
                var list = new List<object>();
                for (at++; !Ends(text, ref at, ']');)
                    list.Add(Read(text, ref at, depth + 1));
                return list;
            }
            if (first == '"')
                return ReadText(text, ref at);
            int start = at;
            while (at < text.Length && ",]} \t\r\n".IndexOf(text[at]) < 0)
                at++;
            return Word(text.Substring(start, at - start));
        }

        private static bool Ends(string text, ref int at, char end)
        {
            Skip(text, ref at);
            if (at >= text.Length)
                throw new FormatException("JSON ends too early.");
            if (text[at] == ',')
            {
                at++;
                Skip(text, ref at);
                return false;
            }
            if (text[at] != end)
                return false;
            at++;
            return true;
        }

        private static object Word(string word)
        {
            long whole;
            if (word == "null")
                return null;
            if (word == "true" || word == "false")
                return word == "true";
            if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole))
                return whole;
            return double.Parse(word, CultureInfo.InvariantCulture);
        }

        private static string ReadText(string text, ref int at)
        {
            var found = new StringBuilder();
            for (at++; text[at] != '"'; at++)
            {
                if (text[at] != '\\')
                {
                    found.Append(text[at]);
                    continue;
                }
                char mark = text[++at];
                int known = "nrtbf".IndexOf(mark);
                if (mark == 'u')
                {
                    found.Append((char)Convert.ToInt32(text.Substring(at + 1, 4), 16));
                    at += 4;
                }
                else
                    found.Append(known < 0 ? mark : "\n\r\t\b\f"[known]);
            }
            at++;
            return found.ToString();
        }

        private static void Skip(string text, ref int at)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
        }
    }
}
