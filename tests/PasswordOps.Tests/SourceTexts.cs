using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PasswordOps.Tests;

/// <summary>The texts for people that stand in the source: what is given to Text.Of, labels of cards, words of the report's page.</summary>
internal sealed class SourceTexts
{
    private static readonly string[] Projects =
    {
        "PasswordOps.Core", "PasswordOps.Graph", "PasswordOps.OnPremises", "PasswordOps.Files", "PasswordOps",
    };

    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);
    private readonly List<string> malformed = new();
    private readonly List<string> untold = new();

    private SourceTexts()
    {
    }

    /// <summary>Key and the place where it stands first.</summary>
    public IReadOnlyDictionary<string, string> Keys => keys;

    /// <summary>Places where something else than an interpolated string, or a sum of them, is given.</summary>
    public IReadOnlyList<string> Malformed => malformed;

    /// <summary>Words in the reason or fix of a check, or in the message or advice of a failure, that no translation can reach.</summary>
    public IReadOnlyList<string> Untold => untold;

    /// <summary>How many such checks and failures were looked at.</summary>
    public int Made { get; private set; }

    public static SourceTexts Read()
    {
        SourceTexts texts = new();
        foreach (string file in Projects.SelectMany(project => Repository.Sources("src", project)))
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(File.ReadAllText(file));
            foreach (InvocationExpressionSyntax call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                texts.Take(call, $"{Path.GetFileName(file)}:{tree.GetLineSpan(call.Span).StartLinePosition.Line + 1}");
            }

            foreach (BaseObjectCreationExpressionSyntax made in
                tree.GetRoot().DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
            {
                texts.Look(made, $"{Path.GetFileName(file)}:{tree.GetLineSpan(made.Span).StartLinePosition.Line + 1}");
            }
        }

        foreach (string file in Projects.Select(project => Path.Combine(Repository.Root, "src", project))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.hbs", SearchOption.AllDirectories)))
        {
            foreach (Match text in Regex.Matches(File.ReadAllText(file), "[{(]t \"([^\"]*)\""))
            {
                texts.keys.TryAdd(text.Groups[1].Value, Path.GetFileName(file));
            }
        }

        return texts;
    }

    // new Answer(verdict, reason, evidence, at, fix) and new PasswordOpsException(id, kind, message, advice).
    private void Look(BaseObjectCreationExpressionSyntax made, string place)
    {
        ArgumentSyntax[] arguments = made.ArgumentList?.Arguments.ToArray() ?? Array.Empty<ArgumentSyntax>();
        bool isAnswer = made is ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "Answer" } };
        bool isFailure = arguments.Length > 3 && arguments[1].Expression.ToString().StartsWith("ErrorKind.", StringComparison.Ordinal);
        if (!isAnswer && !isFailure)
        {
            return;
        }

        Made++;
        foreach (ExpressionSyntax text in (isAnswer ? new[] { 1, 4 } : new[] { 2, 3 }).Where(at => at < arguments.Length)
            .Select(at => arguments[at].Expression))
        {
            untold.AddRange(text.DescendantTokens()
                .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken))
                .Where(token => token.ValueText.Contains(' ', StringComparison.Ordinal) && token.ValueText.Any(char.IsLetter))
                .Where(token => !token.Parent!.Ancestors().OfType<InvocationExpressionSyntax>()
                    .Any(call => call.Expression.ToString().EndsWith("Text.Of", StringComparison.Ordinal)))
                .Select(token => $"{place} {token.ValueText}"));
        }
    }

    private void Take(InvocationExpressionSyntax call, string place)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: ExpressionSyntax owner } member
            || member.Name.Identifier.Text != "Of")
        {
            return;
        }

        switch (owner.ToString().Split('.').Last())
        {
            case "Text":
                if (Key(call.ArgumentList.Arguments.Single().Expression) is string key)
                {
                    keys.TryAdd(key, place);
                }
                else
                {
                    malformed.Add(place);
                }

                break;
            case "Card":
                foreach (string label in call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<TupleExpressionSyntax>()
                    .Select(tuple => tuple.Arguments[0].Expression).OfType<LiteralExpressionSyntax>()
                    .Select(label => label.Token.ValueText))
                {
                    keys.TryAdd(label, place);
                }

                break;
        }
    }

    // As Phrase gathers it: values are {0}, {1} ... in their order, braces of the text are doubled.
    private static string? Key(ExpressionSyntax expression)
    {
        StringBuilder key = new();
        int values = 0;
        foreach (ExpressionSyntax piece in Pieces(expression))
        {
            if (piece is not InterpolatedStringExpressionSyntax text || text.StringStartToken.Text != "$\"")
            {
                return null;
            }

            foreach (InterpolatedStringContentSyntax content in text.Contents)
            {
                key.Append(content is InterpolatedStringTextSyntax literal
                    ? ((LiteralExpressionSyntax)SyntaxFactory.ParseExpression($"\"{literal.TextToken.Text}\"")).Token.ValueText
                    : $"{{{values++}}}");
            }
        }

        return key.ToString();
    }

    private static IEnumerable<ExpressionSyntax> Pieces(ExpressionSyntax expression) =>
        expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum
            ? Pieces(sum.Left).Append(sum.Right)
            : new[] { expression };
}
