using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.OnPremises.Network;

/// <summary>
/// Reads as much of an answer of HTTP as a report needs, and no more, from an end that may send anything. The caller bounds the time.
/// </summary>
internal sealed class HttpAnswer
{
    private const int LongestHead = 16_384;
    private const int LongestBody = 2_048;
    private static readonly TimeSpan BodyTime = TimeSpan.FromSeconds(1);

    private static readonly Regex StatusLine = new(@"\AHTTP/1\.[01] (?<status>[1-9][0-9]{2})(?:[ \r]|\z)", RegexOptions.CultureInvariant);

    private static readonly Regex LengthLine = new(
        @"\nContent-Length:[ \t]*(?<length>[0-9]{1,9})[ \t]*\r?\n", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public NetworkFault Fault { get; private init; }

    public int? Status { get; private init; }

    /// <summary>Status line and beginning of the body.</summary>
    public string Said { get; private init; } = string.Empty;

    /// <summary>What is sent for a path.</summary>
    public static byte[] Get(string target, string host) => Encoding.ASCII.GetBytes(
        $"GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: PasswordOps\r\nAccept: */*\r\nConnection: close\r\n\r\n");

    public static async Task<HttpAnswer> ReadAsync(Stream stream, bool withBody, CancellationToken stop)
    {
        byte[] buffer = new byte[LongestHead + LongestBody];
        int count = 0;
        int head = -1;
        while (head < 0)
        {
            int read = await stream.ReadAsync(buffer, count, buffer.Length - count, stop).ConfigureAwait(false);
            if (read == 0)
            {
                return new HttpAnswer { Fault = count == 0 ? NetworkFault.Closed : NetworkFault.NotHttp };
            }

            count += read;
            if (!CanBeHttp(buffer, count))
            {
                return new HttpAnswer { Fault = NetworkFault.NotHttp };
            }

            head = HeadEnd(buffer, count);
            if (head < 0 && count >= LongestHead)
            {
                return new HttpAnswer { Fault = NetworkFault.TooLong };
            }
        }

        string text = Encoding.ASCII.GetString(buffer, 0, head);
        Match status = StatusLine.Match(text);
        if (!status.Success)
        {
            return new HttpAnswer { Fault = NetworkFault.NotHttp };
        }

        if (withBody)
        {
            int wanted = LengthLine.Match(text) is { Success: true } length
                ? int.Parse(length.Groups["length"].Value, CultureInfo.InvariantCulture)
                : LongestBody;
            count = await BodyAsync(stream, buffer, count, Math.Min(buffer.Length, head + Math.Min(wanted, LongestBody)), stop)
                .ConfigureAwait(false);
        }

        return new HttpAnswer
        {
            Status = int.Parse(status.Groups["status"].Value, CultureInfo.InvariantCulture),
            Said = Plain(text.Substring(0, text.IndexOf('\n')) + " " + Encoding.UTF8.GetString(buffer, head, count - head)),
        };
    }

    // The body only adds a word to what the status says: what does not come soon is left.
    private static async Task<int> BodyAsync(Stream stream, byte[] buffer, int count, int end, CancellationToken stop)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (count < end && watch.Elapsed < BodyTime)
        {
            Task<int> next = stream.ReadAsync(buffer, count, end - count, stop);
            _ = next.ContinueWith(
                ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            if (await Task.WhenAny(next, Task.Delay(BodyTime, stop)).ConfigureAwait(false) != next
                || next.Status != TaskStatus.RanToCompletion)
            {
                break;
            }

            int read = await next.ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            count += read;
        }

        return count;
    }

    private static bool CanBeHttp(byte[] buffer, int count)
    {
        const string start = "HTTP/1.";
        for (int i = 0; i < Math.Min(count, start.Length); i++)
        {
            if (buffer[i] != start[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int HeadEnd(byte[] buffer, int count)
    {
        for (int i = 3; i < count; i++)
        {
            if (buffer[i] == '\n' && (buffer[i - 1] == '\n' || (buffer[i - 1] == '\r' && buffer[i - 2] == '\n')))
            {
                return i + 1;
            }
        }

        return -1;
    }

    private static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char c in text)
        {
            plain.Append(char.IsControl(c) ? ' ' : c);
        }

        return plain.ToString();
    }
}
