using System;
using System.Collections.Generic;
using System.Text;
using PasswordOps.Core;

namespace PasswordOps.Graph.Errors;

/// <summary>One line of the error table.</summary>
internal sealed record ErrorEntry(string Service, IReadOnlyList<string> Words, string Id, ErrorKind Kind, string Message, string Advice)
{
    /// <summary>Makes the failure; <c>{name}</c> in its texts gives way to the value of that name, <c>{Name}</c> with a capital.</summary>
    public PasswordOpsException Tell(ErrorEvidence evidence, params (string Name, string Value)[] values) =>
        new(Id, Kind, Filled(Core.Text.Translated(Message), values), Filled(Core.Text.Translated(Advice), values), evidence.Inner)
        {
            Status = evidence.Status,
            ServiceCode = evidence.ServiceCode,
            RequestId = evidence.RequestId,
            ServiceTime = evidence.ServiceTime,
            MayHaveHappened = evidence.MayHaveHappened,
        };

    /// <summary>Makes a failure that nothing but the words is known of.</summary>
    public PasswordOpsException Tell(params (string Name, string Value)[] values) => Tell(ErrorEvidence.None, values);

    private static string Filled(string text, (string Name, string Value)[] values)
    {
        StringBuilder filled = new(text);
        foreach ((string name, string value) in values)
        {
            filled.Replace("{" + name + "}", value);
            if (value.Length > 0)
            {
                filled.Replace(
                    "{" + char.ToUpperInvariant(name[0]) + name.Substring(1) + "}",
                    char.ToUpperInvariant(value[0]) + value.Substring(1));
            }
        }

        return filled.ToString();
    }
}
