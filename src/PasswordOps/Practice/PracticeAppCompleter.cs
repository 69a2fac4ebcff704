using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PasswordOps;

/// <summary>Completes the applications of the practice tenant that was given; without one, those of all that run.</summary>
public sealed class PracticeAppCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        object? bound = fakeBoundParameters[nameof(ConnectPasswordOpsCommand.PracticeTenant)];
        PracticeTenant? given = (bound is PSObject wrapped ? wrapped.BaseObject : bound) as PracticeTenant;
        string start = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return (given is null ? PracticeProcess.Running() : new[] { given })
            .SelectMany(tenant => tenant.Apps)
            .Where(app => app.DisplayName.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(app => new CompletionResult(
                "'" + CodeGeneration.EscapeSingleQuotedStringContent(app.DisplayName) + "'",
                app.DisplayName,
                CompletionResultType.ParameterValue,
                app.RightsText));
    }
}
