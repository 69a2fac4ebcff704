using System;
using System.Linq;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// Rules for an email address that a code can be sent to (Microsoft Graph user.otherMails and emailAuthenticationMethod).
/// </summary>
internal static class MailAddress
{
    private const int Longest = 250;
    private static string Advice => Text.Of($"Write one plain address, such as anna@fabrikam.com.");

    public static ContactValue Read(string text)
    {
        string value = SpreadsheetText.Unwrapped(text.Trim());
        if (value.Length > Longest)
        {
            return ContactValue.Bad("EmailTooLong", Text.Of($"it is longer than {Longest} characters"), Advice);
        }

        if (value.Any(c => c > 126))
        {
            return ContactValue.Bad(
                "EmailCharacter",
                Text.Of($"it has an accented letter or another character outside ASCII, which the service refuses"), Advice);
        }

        if (value.Any(c => c <= 32 || c is ',' or ';' or '<' or '>' or '"' or '(' or ')' or '[' or ']' or '\\' or ':'))
        {
            return ContactValue.Bad("EmailCharacter", Text.Of($"it has a blank or a character that separates or wraps addresses"), Advice);
        }

        int at = value.IndexOf('@');
        if (at <= 0 || at != value.LastIndexOf('@') || at == value.Length - 1)
        {
            return ContactValue.Bad("EmailForm", Text.Of($"it does not have exactly one @ with text on both sides"), Advice);
        }

        string local = value.Substring(0, at);
        string[] labels = value.Substring(at + 1).Split('.');
        if (local.Length > 64 || local[0] == '.' || local[local.Length - 1] == '.' || local.IndexOf("..", StringComparison.Ordinal) >= 0)
        {
            return ContactValue.Bad("EmailForm", Text.Of($"the part before the @ is not well formed"), Advice);
        }

        bool domain = labels.Length >= 2 && labels.All(label =>
            label.Length is > 0 and <= 63
                && label[0] != '-'
                && label[label.Length - 1] != '-'
                && label.All(c => char.IsLetterOrDigit(c) || c == '-'));
        return domain && !labels[labels.Length - 1].All(char.IsDigit)
            ? new ContactValue(value, null, null)
            : ContactValue.Bad("EmailForm", Text.Of($"the part after the @ is no domain name"), Advice);
    }
}
