using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Directory;

/// <summary>One line of Knowledge/directory-codes.tsv: what an answer of a domain controller means.</summary>
internal sealed record DirectoryCode
{
    public const string Bind = "bind";
    public const string Find = "find";
    public const string Write = "write";

    private const string Any = "*";

    // 0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0
    private static readonly Regex Leading = new(
        @"^\s*(?<code>[0-9A-F]{8}):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // 80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 52e, v2580
    private static readonly Regex Data = new(
        @",\s*data\s+(?<code>[0-9a-f]{1,8})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Lazy<DirectoryCode[]> Table = new(() => KnowledgeTable.Load("directory-codes").Rows
        .Select(row => new DirectoryCode
        {
            Step = row["step"],
            Result = row["result"],
            Code = row["code"],
            Id = row["id"],
            Kind = (ErrorKind)Enum.Parse(typeof(ErrorKind), row["kind"]),
            Message = row["message"],
            Advice = row["advice"],
        })
        .ToArray());

    public required string Step { get; init; }

    public required string Result { get; init; }

    public required string Code { get; init; }

    public required string Id { get; init; }

    public required ErrorKind Kind { get; init; }

    public required string Message { get; init; }

    public required string Advice { get; init; }

    public static IReadOnlyList<DirectoryCode> All => Table.Value;

    /// <summary>What an answer means: the first line that fits.</summary>
    /// <param name="step">What was done: bind, find or write.</param>
    /// <param name="result">LDAP result or the library's code.</param>
    /// <param name="code">What <see cref="CodeIn"/> found in the server's text.</param>
    public static DirectoryCode Of(string step, int result, string? code)
    {
        string number = result.ToString(CultureInfo.InvariantCulture);
        return Table.Value.First(line =>
            (line.Step == step || line.Step == Any)
            && (line.Result == number || line.Result == Any)
            && (line.Code == Any || string.Equals(line.Code, code, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A failure that the product finds out itself: the first line of that id.</summary>
    public static DirectoryCode Own(string id) => Table.Value.First(line => line.Id == id);

    /// <summary>The code in a server's text; nothing else of the text is used.</summary>
    public static string? CodeIn(string step, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        string beginning = text!.Length > 1_000 ? text.Substring(0, 1_000) : text;
        Match match = step == Bind ? Data.Match(beginning) : Match.Empty;
        match = match.Success ? match : Leading.Match(beginning);
        return match.Success ? match.Groups["code"].Value : null;
    }

    /// <summary>Makes the failure; <c>{name}</c> in its texts gives way to the value of that name.</summary>
    public PasswordOpsException Tell(string? code, bool mayHaveHappened, params (string Name, string Value)[] values) =>
        new(Id, Kind, Filled(Text.Translated(Message), values), Filled(Text.Translated(Advice), values))
        {
            ServiceCode = code, MayHaveHappened = mayHaveHappened,
        };

    private static string Filled(string text, (string Name, string Value)[] values)
    {
        // One pass: a value that looks like a name in braces is text.
        return Regex.Replace(text, @"\{([a-z]+)\}", match =>
        {
            foreach ((string name, string value) in values)
            {
                if (name == match.Groups[1].Value)
                {
                    return value;
                }
            }

            return match.Value;
        });
    }
}
