using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Linq;
using System.Text;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>A search as it arrived at a scripted server.</summary>
/// <param name="Dn">Where.</param>
/// <param name="Filter">Filter as sent, in hexadecimal.</param>
/// <param name="Attributes">What is asked for.</param>
/// <param name="Controls">Controls with their value in hexadecimal.</param>
internal sealed record ScriptedSearch(string Dn, string Filter, string[] Attributes, string[] Controls)
{
    /// <summary>The cookie that came with it; empty for the first page.</summary>
    public string Cookie
    {
        get
        {
            string? control = Array.Find(Controls, one => one.StartsWith("1.2.840.113556.1.4.319 ", StringComparison.Ordinal));
            if (control is null)
            {
                return string.Empty;
            }

            AsnReader value = new AsnReader(Convert.FromHexString(control.Split(' ').Last()), AsnEncodingRules.BER).ReadSequence();
            value.ReadInteger();
            return Encoding.UTF8.GetString(value.ReadOctetString());
        }
    }

    public bool Asks(string attribute) => Attributes.Contains(attribute, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the rest of a search.</summary>
    public static ScriptedSearch Read(string dn, AsnReader search, AsnReader whole)
    {
        search.ReadEnumeratedBytes();
        search.ReadEnumeratedBytes();
        search.ReadInteger();
        search.ReadInteger();
        search.ReadBoolean();
        string filter = Convert.ToHexString(search.ReadEncodedValue().Span);
        AsnReader list = search.ReadSequence();
        List<string> attributes = new();
        while (list.HasData)
        {
            attributes.Add(Encoding.UTF8.GetString(list.ReadOctetString()));
        }

        return new ScriptedSearch(dn, filter, attributes.ToArray(), ControlsOf(whole).ToArray());
    }

    /// <summary>Controls of a request: id, whether critical, value in hexadecimal.</summary>
    public static IEnumerable<string> ControlsOf(AsnReader whole)
    {
        if (!whole.HasData)
        {
            yield break;
        }

        AsnReader controls = whole.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0, true));
        while (controls.HasData)
        {
            AsnReader control = controls.ReadSequence();
            string text = Encoding.UTF8.GetString(control.ReadOctetString());
            text += control.HasData && control.PeekTag() == Asn1Tag.Boolean && control.ReadBoolean() ? " critical" : string.Empty;
            yield return text + (control.HasData ? " " + Convert.ToHexString(control.ReadOctetString()) : string.Empty);
        }
    }
}
