using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Files.Tests;

public class CmsPasswordSealerTests
{
    private const string Planted = "Planted-S\u00e9cret 1";

    [Theory]
    [InlineData(Planted)]
    [InlineData("x")]
    [InlineData("exactly-16-bytes")]
    public void The_recipient_and_nobody_else_opens_what_is_sealed(string text)
    {
        using TestCertificate anna = TestCertificate.Make();
        using TestCertificate bert = TestCertificate.Make("CN=Bert", otherKey: true);
        CmsPasswordSealer sealer = Sealer();
        SealingCertificate certificate = sealer.Read(anna.Der);
        using Password password = new(text.ToCharArray());
        string message = sealer.Seal(certificate, password);
        Assert.Equal(text, Opened.With(anna, message).Text);
        Assert.ThrowsAny<CryptographicException>(() => Opened.With(bert, message));
        Assert.NotEqual(message, sealer.Seal(certificate, password));
    }

    [Fact]
    public void Neither_message_nor_description_shows_the_password()
    {
        using TestCertificate anna = TestCertificate.Make();
        SealingCertificate certificate = Sealer().Read(anna.Der);
        using Password password = new(Planted.ToCharArray());
        string message = Sealer().Seal(certificate, password);
        string content = Encoding.ASCII.GetString(Convert.FromBase64String(
            string.Concat(message.Split('\n').Where(line => line[0] != '-'))));
        Assert.DoesNotContain("Planted", message + content + certificate);
        certificate = new SealingCertificate
        {
            Subject = "CN=Anna", Thumbprint = "00", ValidUntil = TestCertificate.Now, IsForDocuments = true, RawData = new byte[] { 1 },
        };
        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() => Sealer().Seal(certificate, password));
        Assert.Equal("PasswordNotSealed", failure.Id);
        Assert.DoesNotContain("Planted", failure.ToString());
    }

    [Fact]
    public void The_message_names_the_certificate_byte_for_byte()
    {
        using TestCertificate anna = TestCertificate.Make("CN=\"Bakker, Anna\", O=Cont\u00f6so");
        CmsPasswordSealer sealer = Sealer();
        using Password password = new("x".ToCharArray());
        Opened opened = Opened.With(anna, sealer.Seal(sealer.Read(anna.Der), password));
        Assert.Equal(anna.Certificate.IssuerName.RawData, opened.Issuer);
        Assert.Equal(BigInteger.Parse("0" + anna.Certificate.SerialNumber, NumberStyles.HexNumber), opened.SerialNumber);
    }

    [Fact]
    public void A_certificate_is_described()
    {
        using TestCertificate anna = TestCertificate.Make();
        using TestCertificate plain = TestCertificate.Make(usage: null, forDocuments: false);
        SealingCertificate certificate = Sealer().Read(anna.Der);
        Assert.Equal("CN=Anna Bakker, O=Contoso", certificate.Subject);
        Assert.Equal(anna.Certificate.Thumbprint, certificate.Thumbprint);
        Assert.Equal(TestCertificate.Now.AddDays(10), certificate.ValidUntil);
        Assert.True(certificate.IsForDocuments);
        Assert.False(Sealer().Read(plain.Der).IsForDocuments);
    }

    [Theory]
    [InlineData("signing", "CertificateCannotEncrypt", "key encipherment")]
    [InlineData("short", "CertificateCannotEncrypt", "1024")]
    [InlineData("elliptic", "CertificateCannotEncrypt", "RSA")]
    [InlineData("old", "CertificateExpired", "2026-08-17")]
    [InlineData("early", "CertificateNotYetValid", "2026-08-19")]
    public void A_certificate_that_will_not_do_is_refused_with_the_reason(string which, string id, string reason)
    {
        using TestCertificate certificate = which switch
        {
            "signing" => TestCertificate.Make(usage: X509KeyUsageFlags.DigitalSignature),
            "short" => TestCertificate.Make(bits: 1024),
            "elliptic" => TestCertificate.Make(ellipticCurve: true),
            "old" => TestCertificate.Make(untilDay: -1),
            _ => TestCertificate.Make(fromDay: 1),
        };
        PasswordOpsException refusal = Assert.Throws<PasswordOpsException>(() => Sealer().Read(certificate.Der));
        Assert.Equal(id, refusal.Id);
        Assert.Contains(reason, refusal.Message);
        Assert.Contains("CN=Anna Bakker", refusal.Message);
    }

    [Theory]
    [InlineData(X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DigitalSignature)]
    [InlineData(X509KeyUsageFlags.DataEncipherment)]
    public void Key_or_data_encipherment_will_do(X509KeyUsageFlags usage)
    {
        using TestCertificate certificate = TestCertificate.Make(usage: usage);
        Assert.Equal(certificate.Certificate.Thumbprint, Sealer().Read(certificate.Der).Thumbprint);
    }

    [Fact]
    public void A_file_is_read_in_its_usual_forms()
    {
        using TestCertificate anna = TestCertificate.Make();
        string pem = anna.Pem;
        string key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        foreach (byte[] content in new[]
        {
            anna.Der, Encoding.ASCII.GetBytes(pem), Encoding.ASCII.GetBytes(pem.Replace("\n", "\r\n")),
            new byte[] { 0xEF, 0xBB, 0xBF }.Concat(Encoding.UTF8.GetBytes("Bag Attributes: \u00e9\n" + pem)).ToArray(),
            Encoding.ASCII.GetBytes(key + pem),
        })
        {
            using CertificateFile file = new(content);
            Assert.Equal(anna.Certificate.Thumbprint, Sealer().Find(file.FilePath).Thumbprint);
        }

        Assert.Equal(anna.Certificate.Thumbprint, Sealer().Find(pem).Thumbprint);
    }

    [Fact]
    public void A_file_with_a_private_key_is_refused_whatever_its_password()
    {
        using TestCertificate anna = TestCertificate.Make();
#if NET
        using X509Certificate2 whole = anna.Certificate.CopyWithPrivateKey(anna.Key);
        byte[][] files =
        {
            whole.Export(X509ContentType.Pfx, "guess"), whole.Export(X509ContentType.Pfx), anna.Key.ExportPkcs8PrivateKey(),
        };
#else
        // As every PFX file begins: a sequence, version 3.
        byte[][] files = { new byte[] { 0x30, 0x82, 0x01, 0x00, 0x02, 0x01, 0x03, 0x30 }, new byte[] { 0x30, 0x80, 0x02, 0x01, 0x03 } };
#endif
        foreach (byte[] content in files)
        {
            using CertificateFile file = new(content);
            PasswordOpsException refusal = Assert.Throws<PasswordOpsException>(() => Sealer().Find(file.FilePath));
            Assert.Equal("CertificateHoldsKey", refusal.Id);
            Assert.Contains("key belongs to the recipient", refusal.Message);
            Assert.Contains("Export-Certificate", refusal.Advice);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a certificate")]
    [InlineData("0")]
    [InlineData("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMAMCAQE=\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMAMwAQE=\n-----END CERTIFICATE-----")]
    public void A_file_that_is_no_certificate_is_refused(string content)
    {
        using CertificateFile file = new(Encoding.ASCII.GetBytes(content));
        Assert.Equal("CertificateUnreadable", Assert.Throws<PasswordOpsException>(() => Sealer().Find(file.FilePath)).Id);
    }

    [Fact]
    public void A_file_with_several_certificates_names_nobody()
    {
        using TestCertificate anna = TestCertificate.Make();
        using TestCertificate bert = TestCertificate.Make("CN=Bert");
        using CertificateFile file = new(Encoding.ASCII.GetBytes(anna.Pem + bert.Pem));
        PasswordOpsException refusal = Assert.Throws<PasswordOpsException>(() => Sealer().Find(file.FilePath));
        Assert.Equal("CertificateAmbiguous", refusal.Id);
        Assert.Contains(anna.Certificate.Thumbprint, refusal.Message);
        Assert.Contains(bert.Certificate.Thumbprint, refusal.Message);
    }

    [Theory]
    [InlineData("/no/such/anna.cer")]
    [InlineData("anna.PEM")]
    [InlineData("CN=Nobody")]
    [InlineData("*nobody*")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF01234567")]
    [InlineData("(.*")]
    [InlineData("")]
    public void What_is_not_there_is_not_found(string recipient)
    {
        using TestCertificate anna = TestCertificate.Make();
        PasswordOpsException refusal = Assert.Throws<PasswordOpsException>(() => Sealer(anna).Find(recipient));
        Assert.Equal("CertificateNotFound", refusal.Id);
        Assert.Contains($"'{recipient}'", refusal.Message);
    }

    [Fact]
    public void The_store_is_searched_by_thumbprint_and_subject()
    {
        using TestCertificate anna = TestCertificate.Make("CN=Anna Bakker, OU=Help desk, O=Contoso");
        using TestCertificate bert = TestCertificate.Make("CN=Bert Visser, O=Contoso");
        CmsPasswordSealer sealer = Sealer(anna, bert);
        string spaced = string.Join(" ", Enumerable.Range(0, 20).Select(i => anna.Certificate.Thumbprint.Substring(2 * i, 2)));
        foreach (string recipient in new[]
        {
            anna.Certificate.Thumbprint, anna.Certificate.Thumbprint.ToLowerInvariant(), "\u200e" + spaced, anna.Certificate.Subject,
            "anna bakker", "*Anna*", "CN=Anna ?akker,*",
        })
        {
            Assert.Equal(anna.Certificate.Thumbprint, sealer.Find(recipient).Thumbprint);
        }

        PasswordOpsException refusal = Assert.Throws<PasswordOpsException>(() => sealer.Find("*Contoso*"));
        Assert.Equal("CertificateAmbiguous", refusal.Id);
        Assert.Contains(bert.Certificate.Thumbprint, refusal.Message);
    }

    [Fact]
    public void Of_several_certificates_of_one_subject_the_one_that_will_do_is_taken()
    {
        using TestCertificate old = TestCertificate.Make(untilDay: -2);
        using TestCertificate signing = TestCertificate.Make(usage: X509KeyUsageFlags.DigitalSignature, untilDay: 5);
        using TestCertificate good = TestCertificate.Make();
        Assert.Equal(good.Certificate.Thumbprint, Sealer(old, signing, good).Find("Anna Bakker").Thumbprint);
        Assert.Equal(
            "CertificateCannotEncrypt", Assert.Throws<PasswordOpsException>(() => Sealer(old, signing).Find("Anna Bakker")).Id);
        Assert.Equal(
            "CertificateExpired", Assert.Throws<PasswordOpsException>(() => Sealer(old, signing).Find(old.Certificate.Thumbprint)).Id);
    }

    [Fact]
    public void The_stores_of_this_machine_can_be_searched() =>
        Assert.Equal(
            "CertificateNotFound",
            Assert.Throws<PasswordOpsException>(() => new CmsPasswordSealer().Find("CN=" + Guid.NewGuid().ToString("N"))).Id);

    private static CmsPasswordSealer Sealer(params TestCertificate[] store) => new(
        new StoppedClock(),
        location => location == StoreLocation.CurrentUser
            ? new X509Certificate2Collection(store.Select(one => one.Certificate).ToArray())
            : new X509Certificate2Collection());


    private sealed class StoppedClock : IClock
    {
        public DateTimeOffset UtcNow => TestCertificate.Now;

        public Task DelayAsync(TimeSpan time, CancellationToken stop) => Task.Delay(time, stop);
    }

    private sealed class CertificateFile : IDisposable
    {
        public CertificateFile(byte[] content)
        {
            File.WriteAllBytes(FilePath, content);
        }

        public string FilePath { get; } = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".cer");

        public void Dispose() => File.Delete(FilePath);
    }
}
