using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Plura.Platform;
using Plura.Platform.Postgres;

namespace Plura.Tests.Messaging;

public sealed class DkimTests : IDisposable
{
    private static readonly string Key = MakeKey(2048);
    private readonly DataFolder folder = new(Directory.CreateTempSubdirectory("plura-dkim").FullName);

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    [Theory]
    [InlineData("<p>Hi {{ contact.first_name }}</p>\n    <p>indented</p>\t\t<p>x</p>   \n\n\n", "Ann")]
    [InlineData("<p>{{ contact.first_name }}</p>", "ünï = . \t  x")]
    [InlineData("{% if true %}  {{ contact.first_name }}  {% endif %}", "Ann")]
    public void Another_implementation_verifies_the_signature(string html, string name)
    {
        folder.WriteSecret(Path.Combine(folder.Keys, "dkim-plura.pem"), Key);
        var composed = Letter.Compile(Letter.Of(html, subject: "Grüße  {{ contact.first_name }} and a subject that is long enough to be folded at least once, perhaps twice"), Settings(), folder).Compose(Letter.To("ann@example.com", ("first_name", name), ("name", "Änn  Ó")));
        var message = ComposeTests.Parse(composed);
        var signature = message.Headers[HeaderId.DkimSignature]!;
        Assert.Contains("h=from:reply-to:to:subject:date:message-id:mime-version:content-type:list-unsubscribe:list-unsubscribe-post:feedback-id", signature.Replace("\r\n", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(Verify(message));
    }

    [Fact]
    public void A_changed_letter_fails_to_verify()
    {
        folder.WriteSecret(Path.Combine(folder.Keys, "dkim-plura.pem"), Key);
        var composed = Letter.Compile(Letter.Of("<p>Pay 10 euros</p>"), Settings(), folder).Compose(Letter.To());
        foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[("Pay 10", "Pay 99"), ("Subject: Hello", "Subject: Hallo"), ("/u/", "/v/")])
        {
            var changed = Encoding.ASCII.GetString(composed.Bytes.Span).Replace(from, to, StringComparison.Ordinal);
            Assert.False(Verify(ComposeTests.Parse(composed with { Bytes = Encoding.ASCII.GetBytes(changed) })));
        }
    }

    [Fact]
    public void A_missing_or_short_key_is_told_in_a_sentence()
    {
        Assert.Contains("bin/plura dkim create", Assert.Throws<PlainException>(() => Letter.Compile(Letter.Of("x"), Settings(), folder).Compose(Letter.To())).Message, StringComparison.Ordinal);
        folder.WriteSecret(Path.Combine(folder.Keys, "dkim-plura.pem"), MakeKey(1024));
        Assert.Contains("too short", Assert.Throws<PlainException>(() => Letter.Compile(Letter.Of("x"), Settings(), folder).Compose(Letter.To())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_domain_letters_go_unsigned() =>
        Assert.Null(ComposeTests.Read(Letter.Compile(Letter.Of("x")), Letter.To()).Headers["DKIM-Signature"]);

    private static Microsoft.Extensions.Configuration.IConfiguration Settings() => Letter.Settings(("Email:Dkim:Domain", "Bright.example"));

    private static bool Verify(MimeMessage message)
    {
        var header = message.Headers.First(h => h.Id == HeaderId.DkimSignature);
        return new DkimVerifier(new Known()).Verify(message, header);
    }

    private static string MakeKey(int bits)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private sealed class Known : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal(("bright.example", "plura"), (domain, selector));
            using var rsa = RSA.Create();
            rsa.ImportFromPem(Key);
            return PublicKeyFactory.CreateKey(rsa.ExportSubjectPublicKeyInfo());
        }

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
