using System;
using System.Globalization;
using System.IO;
using System.Threading;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;

namespace PasswordOps.OnPremises;

/// <summary>
/// Lets exported events through and takes out what would make a reader of XML give up although Windows writes it: control characters in
/// messages, as themselves or as references, and a declaration that stands anywhere or names an encoding that the file does not have.
/// Comments and processing instructions go too, and so do events that a glance shows to be other providers'. Refuses document types. Knows
/// at the end of the file whether it ends in the middle of something.
/// </summary>
internal sealed class EventTextReader : TextReader
{
    /// <summary>Events nest five deep; whatever goes on beyond this wants memory, not reading.</summary>
    private const int DepthLimit = 64;

    /// <summary>Longest tag, in characters.</summary>
    private const int TagLimit = 65_536;

    private const int BufferSize = 65_536;

    /// <summary>Characters that must be at hand to tell what a '&lt;' or a '&amp;' begins.</summary>
    private const int LookAhead = 16;

    private const int NoEvent = -1;
    private const char Replacement = '\uFFFD';
    private const string CommentStart = "<!--";
    private const string CommentEnd = "-->";
    private const string CDataStart = "<![CDATA[";
    private const string InstructionStart = "<?";
    private const string InstructionEnd = "?>";

    private static readonly string[] Entities = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };

    private readonly TextReader _text;
    private readonly string _name;
    private readonly EventReadSummary _summary;
    private readonly CancellationToken _stop;
    private readonly char[] _buffer = new char[BufferSize];
    private int _next;
    private int _filled;
    private bool _drained;
    private bool _begun;
    private State _state;
    private bool _endTag;
    private bool _slash;
    private int _tagLength;
    private int _brackets;
    private int _depth;
    private int _eventDepth = NoEvent;
    private bool _passed;
    private PasswordOpsException? _refusal;

    public EventTextReader(TextReader text, string name, EventReadSummary summary, CancellationToken stop)
    {
        _text = text;
        _name = name;
        _summary = summary;
        _stop = stop;
    }

    private enum State
    {
        Text,
        Tag,
        DoubleQuoted,
        SingleQuoted,
        CData,
        Comment,
        Instruction,
    }

    /// <summary>True when the whole file was handed out and its last element, tag or comment is not complete.</summary>
    public bool EndedInside { get; private set; }

    public override int Read()
    {
        char[] one = new char[1];
        return Read(one, 0, 1) == 0 ? -1 : one[0];
    }

    public override int Read(char[] buffer, int index, int count)
    {
        int at = index;
        int end = index + count;

        // What is at hand goes out before more events are passed over: otherwise counts run far ahead of a place that cannot be read.
        _passed = false;
        while (at < end && _refusal is null && !(_passed && at > index) && Available())
        {
            at = _state switch
            {
                State.Text => CopyText(buffer, at, end),
                State.Comment => Skip(CommentEnd, at),
                State.Instruction => Skip(InstructionEnd, at),
                _ => CopyMarkup(buffer, at, end),
            };
        }

        // What stands before the place goes out first.
        if (_refusal is not null && at == index)
        {
            throw _refusal;
        }

        if (at == index && count > 0)
        {
            EndedInside = _state != State.Text || _depth > 0;
        }

        return at - index;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsLegal(int c) => c >= ' ' ? c is not (0xFFFE or 0xFFFF) : c is '\t' or '\n' or '\r';

    private static bool IsPlain(char c) => c >= ' ' && c != '<' && c != '&' && c < 0xFFFE;

    // Something is there, and enough of it to look ahead unless the file ends.
    private bool Available()
    {
        while (!_drained && _filled - _next < LookAhead)
        {
            Fill();
        }

        return _next < _filled;
    }

    private void Fill()
    {
        _stop.ThrowIfCancellationRequested();
        Array.Copy(_buffer, _next, _buffer, 0, _filled - _next);
        _filled -= _next;
        _next = 0;
        int read = _text.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        _drained = read == 0;
    }

    // The end of what can be judged without looking beyond the buffer.
    private int Judgeable() => _drained ? _filled : _filled - LookAhead + 1;

    private int CopyText(char[] target, int at, int end)
    {
        int last = Judgeable();
        while (at < end && _next < last)
        {
            int from = _next;
            for (int border = Math.Min(last, from + end - at); _begun && _next < border && IsPlain(_buffer[_next]); _next++)
            {
            }

            Array.Copy(_buffer, from, target, at, _next - from);
            at += _next - from;
            if (at == end || _next == last)
            {
                break;
            }

            char c = _buffer[_next];
            if (c == '<')
            {
                Begin();
                break;
            }

            c = c == '&' ? Reference() : Take();
            target[at++] = c;
            if (!_begun && !char.IsWhiteSpace(c) && c != '\uFEFF')
            {
                throw EventLogErrors.NotXml(_name, Text.Of($"it does not begin with a tag"));
            }
        }

        return at;
    }

    // What a '<' begins; nothing is handed out yet.
    private void Begin()
    {
        _begun = true;
        if (StartsWith(CommentStart))
        {
            _next += CommentStart.Length;
            _state = State.Comment;
        }
        else if (StartsWith(InstructionStart))
        {
            _next += InstructionStart.Length;
            _state = State.Instruction;
        }
        else if (StartsWith(CDataStart))
        {
            _brackets = 0;
            _state = State.CData;
        }
        else if (StartsWith("<!") && !CutOff(CommentStart) && !CutOff(CDataStart))
        {
            _refusal = EventLogErrors.Forbidden(_name);
        }
        else if (_eventDepth != NoEvent || !StartsWith(EventGlance.Start) || !PassOver())
        {
            _endTag = StartsWith("</");
            _slash = false;
            _tagLength = 0;
            _state = State.Tag;
        }
    }

    // True when the event that begins here is another provider's; then it is behind.
    private bool PassOver()
    {
        EventGlance.Answer seen;
        int end;
        DateTimeOffset time;
        while ((seen = EventGlance.At(_buffer, _next, _filled, out end, out time)) == EventGlance.Answer.Cut
            && !_drained && (_next > 0 || _filled < _buffer.Length))
        {
            Fill();
        }

        if (seen == EventGlance.Answer.Other)
        {
            _next = end;
            _passed = true;
            _summary.Other++;
            _summary.Saw(time);
            return true;
        }

        // Within this event nothing is passed over. <Events> is none.
        int after = _next + EventGlance.Start.Length;
        _eventDepth = after < _filled && char.IsLetterOrDigit(_buffer[after]) ? NoEvent : _depth;
        return false;
    }

    // Tags, the values of their attributes, and CDATA.
    private int CopyMarkup(char[] target, int at, int end)
    {
        int last = Judgeable();
        while (at < end && _next < last && _state != State.Text && _refusal is null)
        {
            bool reference = _buffer[_next] == '&' && _state is State.DoubleQuoted or State.SingleQuoted;
            char c = reference ? Reference() : Take();
            target[at++] = c;
            if (_state == State.CData)
            {
                _state = c == '>' && _brackets >= 2 ? State.Text : State.CData;
                _brackets = c == ']' ? _brackets + 1 : 0;
            }
            else
            {
                FollowTag(c);
            }
        }

        return at;
    }

    private void FollowTag(char c)
    {
        if (++_tagLength > TagLimit)
        {
            _refusal = EventLogErrors.NotXml(_name, Text.Of($"a tag is longer than {TagLimit} characters"));
        }

        switch (_state)
        {
            case State.DoubleQuoted when c == '"':
            case State.SingleQuoted when c == '\'':
                _state = State.Tag;
                break;
            case State.Tag when c == '"':
                _state = State.DoubleQuoted;
                break;
            case State.Tag when c == '\'':
                _state = State.SingleQuoted;
                break;
            case State.Tag when c == '>':
                _depth += _endTag ? -1 : _slash ? 0 : 1;
                _eventDepth = _depth <= _eventDepth ? NoEvent : _eventDepth;
                _state = State.Text;
                break;
        }

        _slash = c == '/';
        if (_depth > DepthLimit)
        {
            _refusal = EventLogErrors.NotXml(_name, Text.Of($"its elements nest more than {DepthLimit} deep"));
        }
    }

    private int Skip(string mark, int at)
    {
        int last = Judgeable();
        while (_next < last)
        {
            if (_buffer[_next] == mark[0] && StartsWith(mark))
            {
                _next += mark.Length;
                _state = State.Text;
                break;
            }

            _next++;
        }

        return at;
    }

    private char Take()
    {
        char c = _buffer[_next++];
        return IsLegal(c) ? c : Replacement;
    }

    // A reference stays when it is one of the five names or a character that XML allows; of any other, and of a bare '&', only a mark is
    // left.
    private char Reference()
    {
        foreach (string known in Entities)
        {
            if (StartsWith(known))
            {
                return Take();
            }
        }

        int end = Array.IndexOf(_buffer, ';', _next, Math.Min(LookAhead, _filled - _next));
        if (end < 0 || _buffer[_next + 1] != '#')
        {
            _next++;
            return Replacement;
        }

        if (IsLegalCharacter(new string(_buffer, _next + 2, end - _next - 2)))
        {
            return Take();
        }

        _next = end + 1;
        return Replacement;
    }

    private static bool IsLegalCharacter(string number)
    {
        bool hex = number.StartsWith("x", StringComparison.Ordinal);
        string digits = hex ? number.Substring(1) : number;
        NumberStyles style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(digits, style, CultureInfo.InvariantCulture, out int code)
            && code is >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF) && IsLegal(code);
    }

    private bool StartsWith(string sign)
    {
        if (_filled - _next < sign.Length)
        {
            return false;
        }

        for (int i = 0; i < sign.Length; i++)
        {
            if (_buffer[_next + i] != sign[i])
            {
                return false;
            }
        }

        return true;
    }

    // The file ends within the sign.
    private bool CutOff(string sign) => _drained && _filled - _next < sign.Length && StartsWith(sign.Substring(0, _filled - _next));
}
