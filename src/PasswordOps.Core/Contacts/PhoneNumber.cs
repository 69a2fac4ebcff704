using System;
using System.Linq;
using System.Text;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// Rules for a phone number that password reset can use: E.164 digits, written as <c>+country code, one space, number</c>, with an
/// extension as <c>x123</c> (howto-sspr-authenticationdata; Microsoft Graph phoneAuthenticationMethod). Separators that people write are
/// taken out; nothing is guessed. Where the country is given that numbers without a country code are from, those are read as they are
/// dialled there.
/// </summary>
internal static class PhoneNumber
{
    private const int MostDigits = 15;

    // A shorter one is an extension or a number that is good within one town only.
    private const int FewestNationalDigits = 6;

    // Where a number could be read with and without its first digits as a country code: a rest of so many is a whole number of its own.
    private const int WholeNumber = 9;

    private static string Advice => Text.Of($"Write + and the country code, one space, then the number: +1 4255550100.");

    public static ContactValue Read(string text, bool allowExtension, string? defaultCountry = null)
    {
        string value = Unwrapped(text);
        if (IsScientific(value))
        {
            return ContactValue.Bad(
                "PhoneScientific",
                Text.Of($"a spreadsheet turned it into a number in scientific notation, and its last digits are lost"),
                Text.Of($"Format the column as text in the spreadsheet and fill it in again."));
        }

        string? extension = null;
        int x = value.IndexOfAny(new[] { 'x', 'X' });
        if (x > 0)
        {
            extension = value.Substring(x + 1).Trim();
            value = value.Substring(0, x).TrimEnd();
            if (ExtensionProblem(extension, allowExtension) is ContactValue problem)
            {
                return problem;
            }
        }

        Digits digits = Digits.Of(value);
        if (digits.Problem is not null)
        {
            return digits.Problem;
        }

        ContactCountry? country = string.IsNullOrEmpty(defaultCountry) ? null : ContactCountry.Find(defaultCountry!);
        ContactValue number = digits.IsInternational ? International(digits.Text)
            : country is null ? WithoutCountry(digits.Text)
            : National(digits, country.Rules);
        return extension is null || number.Problem is not null
            ? number
            : new ContactValue(
                number.Value + "x" + extension, null,
                Text.Of($"password reset drops the extension before it calls: put it in the exchange, or the call ends at the main "
                    + $"number"));
    }

    /// <summary>A number for the screen: country code and the last two digits.</summary>
    public static string Masked(string number)
    {
        int space = number.IndexOf(' ');
        string code = space > 0 ? number.Substring(0, space) : "+";
        string end = number.Split('x')[0];
        return code + " ***" + (end.Length >= 2 ? end.Substring(end.Length - 2) : string.Empty);
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    // Excel writes ="+1 ..." or '+1 ... to keep a number as text, and address books wrap numbers in marks of direction that nobody sees.
    private static string Unwrapped(string text)
    {
        string value = SpreadsheetText.Unwrapped(new string(text.Where(c => !IsInvisible(c)).ToArray()).Trim());
        return value.StartsWith("'", StringComparison.Ordinal) ? value.Substring(1).Trim() : value;
    }

    private static bool IsInvisible(char c) =>
        c is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or '\u2060' or (>= '\u2066' and <= '\u2069') or '\uFEFF';

    // 3.16E+10 and, where the decimal separator is a comma, 3,16E+10.
    private static bool IsScientific(string value)
    {
        int e = value.IndexOfAny(new[] { 'e', 'E' });
        return e > 0 && e < value.Length - 1
            && value.Substring(0, e).All(c => IsDigit(c) || c is '.' or ',')
            && value.Substring(e + 1).All(c => IsDigit(c) || c is '+' or '-');
    }

    private static ContactValue? ExtensionProblem(string extension, bool allowed)
    {
        if (extension.Length is 0 or > 10 || !extension.All(IsDigit))
        {
            return ContactValue.Bad(
                "PhoneExtension", Text.Of($"its extension is not 1 to 10 digits"),
                Text.Of($"Write an extension as x and digits: +1 4255550199x123."));
        }

        return allowed
            ? null
            : ContactValue.Bad(
                "PhoneExtension", Text.Of($"a mobile number cannot have an extension"),
                Text.Of($"Leave the extension out, or put the number in the office column."));
    }

    private static ContactValue International(string digits)
    {
        if (digits.Length > MostDigits)
        {
            return ContactValue.Bad("PhoneLength", Text.Of($"it has more than the {MostDigits} digits that a number can have"), Advice);
        }

        return CallingCodes.Of(digits) is CallingCodes.CallingCode code
            ? Of(code, digits.Substring(code.Code.Length))
            : ContactValue.Bad("PhoneCountryCode", Text.Of($"it does not begin with a country code that exists"), Advice);
    }

    private static ContactValue Of(CallingCodes.CallingCode code, string number)
    {
        if (code.DropsTrunkZero && number.StartsWith("0", StringComparison.Ordinal))
        {
            return ContactValue.Bad(
                "PhoneTrunkZero", Text.Of($"it keeps the national 0 after the country code +{code.Code}"),
                Text.Of($"Drop the 0 that follows +{code.Code}."));
        }

        if (!code.Fits(number.Length))
        {
            string lengths = code.HasOneLength ? $"{code.Fewest}" : Text.Of($"{code.Fewest} to {code.Most}");
            return ContactValue.Bad(
                "PhoneLength", Text.Of($"it has {number.Length} digits after +{code.Code}, where {lengths} are expected"), Advice);
        }

        return new ContactValue("+" + code.Code + " " + number, null, null);
    }

    private static ContactValue WithoutCountry(string digits)
    {
        string reason = digits.StartsWith("00", StringComparison.Ordinal) ? Text.Of($"it begins with 00, not with + and the country code")
            : !digits.StartsWith("0", StringComparison.Ordinal) && CallingCodes.Of(digits) is CallingCodes.CallingCode code
                && digits.Length >= 11 && code.Fits(digits.Length - code.Code.Length)
                ? Text.Of($"it has no +, which spreadsheets take away from numbers: the service cannot know the country")
                : Text.Of($"it has no + and country code: the service cannot know the country");
        return ContactValue.Bad("PhoneNoCountryCode", reason, Advice + " " + Text.Of($"Or add the country of such numbers, as in "
            + $"-DefaultCountry NL."));
    }

    // As it is dialled in the country. What could be two numbers is refused.
    private static ContactValue National(Digits digits, CallingCodes.CallingCode code)
    {
        string text = digits.Text;
        foreach (string? abroad in new[] { code.Abroad, "00" })
        {
            // 0011 before 00.
            if (abroad is not null && text.StartsWith(abroad, StringComparison.Ordinal))
            {
                return International(digits.Without(abroad.Length));
            }
        }

        if (code.Trunk is null)
        {
            return ContactValue.Bad("PhoneNoCountryCode",
                Text.Of($"how numbers of +{code.Code} are dialled in their country is not sure"), Advice);
        }

        if (code.Trunk.Length > 0 && text.StartsWith(code.Trunk, StringComparison.Ordinal))
        {
            string rest = text.Substring(code.Trunk.Length);
            if (!code.HasOneLength || rest.Length == code.Fewest)
            {
                return rest.Length < FewestNationalDigits ? TooShort(rest) : Of(code, rest);
            }
        }

        return WithoutTrunk(text, code);
    }

    private static ContactValue WithoutTrunk(string text, CallingCodes.CallingCode code)
    {
        // A spreadsheet that took the number for one has taken + or 0 away. By its length a whole number can be told from a part of one.
        bool hasCode = text.StartsWith(code.Code, StringComparison.Ordinal) && code.Fits(text.Length - code.Code.Length);
        if (code.HasOneLength && text.Length == code.Fewest && (code.Trunk == "8" || !StartsWithTrunk(text, code)))
        {
            return Of(code, text);
        }

        if (code.HasOneLength && hasCode)
        {
            return Of(code, text.Substring(code.Code.Length));
        }

        if (hasCode && (!code.Fits(text.Length) || text.Length - code.Code.Length >= WholeNumber))
        {
            return ContactValue.Bad("PhoneNoCountryCode", Text.Of($"it begins with {code.Code}, and no + stands before that"), Advice);
        }

        if (code.Trunk!.Length == 0)
        {
            return text.Length < FewestNationalDigits ? TooShort(text) : Of(code, text);
        }

        return code.HasOneLength
            ? ContactValue.Bad(
                "PhoneLength",
                Text.Of($"it is neither a number of +{code.Code}, which has {code.Fewest} digits, nor has it a country code"), Advice)
            : ContactValue.Bad(
                "PhoneNoCountryCode", Text.Of($"it begins neither with + nor with {code.Trunk}, as numbers of +{code.Code} do"), Advice);
    }

    private static bool StartsWithTrunk(string text, CallingCodes.CallingCode code) =>
        code.Trunk!.Length > 0 && text.StartsWith(code.Trunk, StringComparison.Ordinal);

    private static ContactValue TooShort(string digits) =>
        ContactValue.Bad("PhoneLength",
            Text.Of($"it has {digits.Length} digits, too few for a number that can be called from everywhere"), Advice);

    /// <summary>The digits of a number, without the separators that people write.</summary>
    private sealed class Digits
    {
        // Blanks, also those that do not break a line, hyphens, dashes and what else people put between digits.
        private const string Separators = " -.()/\u00A0\u2007\u202F\u2010\u2011\u2013";

        private readonly string body;

        private Digits(string body, string text, bool isInternational, ContactValue? problem)
        {
            this.body = body;
            Text = text;
            IsInternational = isInternational;
            Problem = problem;
        }

        public string Text { get; }

        public bool IsInternational { get; }

        public ContactValue? Problem { get; }

        public static Digits Of(string value)
        {
            if (value.Any(char.IsLetter))
            {
                return Bad(Core.Text.Of($"it has letters"));
            }

            // (+31) is + and a bracket that closes later.
            string body = value.StartsWith("(+", StringComparison.Ordinal) ? value.Substring(1) : value;
            bool international = body.StartsWith("+", StringComparison.Ordinal);
            body = international ? WithoutPrintedZero(body.Substring(1)) : body;
            StringBuilder digits = new(body.Length);
            foreach (char c in body)
            {
                if (IsDigit(c))
                {
                    digits.Append(c);
                }
                else if (Separators.IndexOf(c) < 0)
                {
                    return Bad(Core.Text.Of($"it has a character that is neither digit nor separator"));
                }
            }

            return new Digits(body, digits.ToString(), international, null);
        }

        /// <summary>The digits behind the first ones, which were those for a call abroad.</summary>
        public string Without(int first)
        {
            int at = 0;
            for (int seen = 0; seen < first; at++)
            {
                seen += IsDigit(body[at]) ? 1 : 0;
            }

            return new string(WithoutPrintedZero(body.Substring(at)).Where(IsDigit).ToArray());
        }

        // (0) is how a national trunk zero is printed; nobody dials it after a country code.
        private static string WithoutPrintedZero(string body) => body.Replace("(0)", " ");

        private static Digits Bad(string reason) => new(
            string.Empty, string.Empty, false, ContactValue.Bad("PhoneCharacter", reason, Advice));
    }
}
