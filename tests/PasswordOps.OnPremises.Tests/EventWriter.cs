using System.Globalization;
using System.Linq;
using System.Text;

namespace PasswordOps.OnPremises.Tests;

/// <summary>Writes events in the forms in which Windows and tools on it write them.</summary>
internal static class EventWriter
{
    private const string Namespace = "http://schemas.microsoft.com/win/2004/08/events/event";

    /// <summary>Ways to write one event.</summary>
    internal static readonly string[] Shapes =
    {
        "classic", "qualifiers", "old", "nine digits", "double quotes", "several texts", "rendered", "rendered before", "binary",
        "user data", "manifest", "indented", "references", "namespace prefix",
    };

    /// <summary>Ways to put events into a file.</summary>
    internal static readonly string[] Containers =
    {
        "none", "root", "events", "viewer", "viewer utf-8 mark", "utf-16", "utf-16 mark", "utf-16 big", "lines",
    };

    internal static string Event(
        string shape, string provider, int id, string text, long record = 48211, string server = "sync01.contoso.com")
    {
        string time = shape switch
        {
            "old" => "2026-03-02T08:15:30.123Z",
            "nine digits" => "2026-03-02T08:15:30.123000000Z",
            _ => "2026-03-02T08:15:30.1230000Z",
        };
        string number = id.ToString(CultureInfo.InvariantCulture);
        string place = record.ToString(CultureInfo.InvariantCulture);
        string name = shape == "manifest" ? $"<Provider Name='Some-Publisher' Guid='{{0}}' EventSourceName='{provider}'/>"
            : $"<Provider Name='{provider}'/>";
        string system = "<System>" + name
            + (shape == "manifest" ? $"<EventID>{number}</EventID>"
                : $"<EventID Qualifiers='{(shape == "qualifiers" ? "49152" : "0")}'>{number}</EventID>")
            + (shape == "old" ? string.Empty : "<Version>0</Version>") + "<Level>2</Level><Task>0</Task>"
            + (shape == "old" ? string.Empty : "<Opcode>0</Opcode>") + "<Keywords>0x80000000000000</Keywords>"
            + $"<TimeCreated SystemTime='{time}'/><EventRecordID>{place}</EventRecordID>"
            + (shape == "old" ? string.Empty : "<Correlation/><Execution ProcessID='0' ThreadID='0'/>")
            + $"<Channel>Application</Channel><Computer>{server}</Computer><Security/></System>";
        string written = Escaped(text);
        string data = shape switch
        {
            "several texts" => "<EventData>" + string.Concat(written.Split(',').Select(part => $"<Data>{part}</Data>")) + "</EventData>",
            "binary" => $"<EventData Name='x'><Data>{written}</Data><Binary>00FF</Binary></EventData>",
            "user data" => $"<UserData><u:Event xmlns:u='urn:u'><u:Text>{written}</u:Text></u:Event></UserData>",
            "references" => $"<EventData><Data>{written}&#13;&#10;&#xD;&#xA;&#x1;\u0002</Data></EventData>",
            _ => $"<EventData><Data>{written}</Data></EventData>",
        };
        string rendering = "<RenderingInfo Culture='fr-FR'><Message>Erreur 1 hr=80070005</Message><Level>Erreur</Level><Task></Task>"
            + "<Opcode/><Channel>Application</Channel><Provider>ESENT</Provider><Keywords><Keyword>Classique</Keyword></Keywords>"
            + "</RenderingInfo>";
        string body = shape switch
        {
            "rendered" => system + data + rendering,
            "rendered before" => rendering + system + data,
            "indented" => "\r\n  " + system.Replace("><", ">\r\n    <") + "\r\n  " + data + "\r\n",
            _ => system + data,
        };
        string whole = $"<Event xmlns='{Namespace}'>{body}</Event>";
        return shape switch
        {
            "double quotes" => whole.Replace('\'', '"'),
            "namespace prefix" => Prefixed(whole),
            _ => whole,
        };
    }

    internal static byte[] File(string container, params string[] events)
    {
        const string declaration = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n";
        string all = string.Concat(events);
        return container switch
        {
            "root" => Encoding.UTF8.GetBytes($"<Root>{all}</Root>"),
            "events" => Encoding.UTF8.GetBytes($"<Events>\r\n{string.Join("\r\n", events)}\r\n</Events>"),
            "viewer" => Encoding.UTF8.GetBytes($"{declaration}<Events>{all}</Events>"),
            "viewer utf-8 mark" => Marked(new UTF8Encoding(true), $"{declaration}<Events>{all}</Events>"),
            "utf-16" => Encoding.Unicode.GetBytes(all),
            "utf-16 mark" => Marked(Encoding.Unicode, $"{declaration}<Events>{all}</Events>"),
            "utf-16 big" => Marked(Encoding.BigEndianUnicode, all),
            "lines" => Encoding.UTF8.GetBytes(string.Join("\r\n", events) + "\r\n"),
            _ => Encoding.UTF8.GetBytes(all),
        };
    }

    private static byte[] Marked(Encoding encoding, string text) => encoding.GetPreamble().Concat(encoding.GetBytes(text)).ToArray();

    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string Prefixed(string whole) => whole
        .Replace("xmlns=", "xmlns:e=").Replace("</", "</e:").Replace("<", "<e:").Replace("<e:/e:", "</e:");
}
