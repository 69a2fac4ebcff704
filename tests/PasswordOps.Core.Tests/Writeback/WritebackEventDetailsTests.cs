using System;
using System.Linq;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Tests.Writeback;

public class WritebackEventDetailsTests
{
    private const string Failed = "TrackingId: 80230619-2222-3333-4444-555555555555, "
        + "Reason: Synchronization Engine returned an error hr=80230626, message=The credentials were denied access., "
        + "Context: cloudAnchor: User_6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11, "
        + "SourceAnchorValue: AAECAwQFBgcICQoLDA0ODw==, UserPrincipalName: o'hara@contoso.com, "
        + "Details: PasswordResetException: hr=80230626";

    [Theory]
    [InlineData("TrackingId: 1, Password=Planted-7!, more", "TrackingId: 1, Password=***, more")]
    [InlineData("newPassword: Planted-8!", "newPassword: ***")]
    [InlineData("{\"client_secret\": \"Planted-9!\"}", "{\"client_secret\": \"***\"}")]
    [InlineData("sr=x&sig=PLANTED%3d&se=1", "sr=x&sig=***&se=1")]
    [InlineData("Authorization: Bearer abcdefghijkl.mno", "Authorization: Bearer ***")]
    [InlineData("token eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln end", "token *** end")]
    [InlineData("called +1 425-555-0100 twice", "called *** twice")]
    [InlineData("hr=80230619, message=A restriction prevents the password from being changed", null)]
    [InlineData("UserPrincipalName: anna@contoso.com, SourceAnchorValue: AAECAw==, Details: PasswordResetException: hr=80230619", null)]
    [InlineData("Password reset request for 11111111-2222-3333-4444-555555555555 at 2026-03-02T08:15:30+01:00", null)]
    public void The_message_is_shown_without_secrets(string text, string? shown) =>
        Assert.Equal(shown ?? text, EventSecrets.Masked(text));

    [Fact]
    public void Reads_a_failed_operation()
    {
        WritebackEventDetails details = Details(Failed);
        Assert.Equal(new Guid("80230619-2222-3333-4444-555555555555"), details.TrackingId);
        Assert.Equal(new Guid("6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11"), details.UserId);
        Assert.Equal("o'hara@contoso.com", details.UserPrincipalName);
        Assert.Equal("80230626", Assert.Single(details.Codes).Code);
        Assert.DoesNotContain("contoso", details.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("TrackingId:")]
    [InlineData("TrackingId: 1111, UserPrincipalName: , cloudAnchor: User_, hr=, 0x")]
    [InlineData("TrackingId: zzzzzzzz-2222-3333-4444-555555555555, UserPrincipalName: none")]
    [InlineData("cloudAnchor: Group_6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11")]
    public void Finds_nothing_where_nothing_is(string data)
    {
        WritebackEventDetails details = Details(data);
        Assert.Equal((null, null, null, 0), (details.TrackingId, details.UserId, details.UserPrincipalName, details.Codes.Count));
    }

    [Fact]
    public void Blanks_after_the_labels_may_be_missing()
    {
        WritebackEventDetails details = Details(Failed.Replace(": ", ":"));
        Assert.NotNull(details.TrackingId);
        Assert.NotNull(details.UserId);
        Assert.Equal("o'hara@contoso.com", details.UserPrincipalName);
    }

    [Theory]
    [InlineData("hr=80230619", "80230619")]
    [InlineData("HR = 0x8023061f, hr=8023061F", "8023061F")]
    [InlineData("BAIL: MMS(1234): x.cpp(1): 0x80230619 (A restriction), ERR_: 0x80230405", "80230619 80230405")]
    [InlineData("hr=5", "00000005")]
    [InlineData("hr=0, hr=00000000, 0x7, 0x80000000000000, 0x7ff80230619abcd, hr=123456789, thr=80230619", "")]
    [InlineData("TrackingId: 80230619-8023-8023-8023-802306198023 8023062C", "")]
    [InlineData("admaexport.cpp(2837): no control", "admaexport.cpp(2837)")]
    [InlineData("ERR_: MMS(1): admaexport.cpp(2944): 0x5 (Access)", "admaexport.cpp(2944) access denied")]
    [InlineData("admaexport.cpp(2939) Failed to acquire user information: ERROR_ACCESS_DENIED", "admaexport.cpp(2944) access denied")]
    [InlineData("admaexport.cpp(2944): 0x6ba, then 0x80004005", "80004005 admaexport.cpp(2944) RPC")]
    [InlineData("admaexport.cpp(2944): 0x57", "")]
    [InlineData("0x5 somewhere", "")]
    [InlineData("The remote certificate is invalid according to the validation procedure.", "remote certificate is invalid")]
    public void Finds_codes_in_either_style_as_eight_digits_and_telling_places(string data, string codes) =>
        Assert.Equal(codes, string.Join(" ", WritebackCode.In(data)));

    [Theory]
    [InlineData("80230619", WritebackCertainty.Confirmed)]
    [InlineData("8023061F", WritebackCertainty.Confirmed)]
    [InlineData("admaexport.cpp(2837)", WritebackCertainty.Confirmed)]
    [InlineData("admaexport.cpp(2944) access denied", WritebackCertainty.Confirmed)]
    [InlineData("admaexport.cpp(2944) RPC", WritebackCertainty.Confirmed)]
    [InlineData("80230626", WritebackCertainty.Likely)]
    [InlineData("80230405", WritebackCertainty.Likely)]
    [InlineData("80005000", WritebackCertainty.Likely)]
    [InlineData("80230818", WritebackCertainty.Likely)]
    [InlineData("0x800700ce", WritebackCertainty.Confirmed)]
    [InlineData("80230402", WritebackCertainty.Confirmed)]
    [InlineData("80231367", WritebackCertainty.Confirmed)]
    [InlineData("8023062C", WritebackCertainty.Confirmed)]
    public void Says_how_sure_an_explanation_is(string code, WritebackCertainty certainty)
    {
        WritebackCode known = WritebackCode.Of(code);
        Assert.Equal(certainty, known.Certainty);
        Assert.False(string.IsNullOrEmpty(known.Cause));
        Assert.False(string.IsNullOrEmpty(known.Fix));
    }

    [Theory]
    [InlineData("8023062D")]
    [InlineData("80004005")]
    [InlineData("5")]
    public void A_code_that_nobody_explains_is_shown_as_it_is(string code)
    {
        WritebackCode unknown = WritebackCode.Of(code);
        Assert.Equal(code.PadLeft(8, '0'), unknown.Code);
        Assert.Equal((null, null, WritebackCertainty.Unlisted), (unknown.Cause, unknown.Fix, unknown.Certainty));
    }

    [Fact]
    public void A_long_text_is_searched_in_no_time()
    {
        string data = string.Concat(Enumerable.Repeat("hr= 0x hr=8 0x8 UserPrincipalName: TrackingId: admaexport.cpp(2944)", 20_000));
        Assert.Equal("00000008", string.Join(" ", Details(data).Codes));
    }

    private static WritebackEventDetails Details(string data) =>
        WritebackEventDetails.Of(new WritebackEvent { Provider = "PasswordResetService", Id = 33004, Time = default, Data = data });
}
