using Microsoft.Extensions.Options;
using Plura.Adapters;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

/// <summary>Real handshakes with a certificate of the test's own.</summary>
public sealed class SmtpTlsTests : TransportContractSupport, IDisposable
{
    private readonly TestCertificates certificates = new();

    public void Dispose() => certificates.Dispose();

    [Theory]
    [InlineData("auto", false)]
    [InlineData("required", false)]
    [InlineData("implicit", true)]
    public async Task A_message_and_the_password_go_over_an_encrypted_line_only(string tls, bool atOnce)
    {
        await using var server = new ScriptedSmtp { Certificate = certificates.For("127.0.0.1"), ImplicitTls = atOnce, Password = "secret" };
        Assert.Equal(HandOffOutcome.Accepted, (await Send(server, tls)).Outcome);
        Assert.Single(server.Taken);
        Assert.All(server.Overheard, line => Assert.Matches("^(EHLO .*|STARTTLS)$", line));
        Assert.Equal(!atOnce, server.Overheard.Contains("STARTTLS"));
    }

    [Theory]
    [InlineData("auto", false)]
    [InlineData("required", false)]
    [InlineData("implicit", true)]
    public async Task A_certificate_for_another_name_is_refused(string tls, bool atOnce)
    {
        await using var server = new ScriptedSmtp { Certificate = certificates.For("mail.example"), ImplicitTls = atOnce, Password = "secret" };
        var down = await Assert.ThrowsAsync<TransportDownException>(() => Send(server, tls));
        Assert.Equal($"The mail server 127.0.0.1:{server.Port} could not prove who it is, so nothing was sent: its certificate is for another name.", down.Message);
        Assert.Empty(server.Taken);
        Assert.DoesNotContain(server.Overheard, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("auto", false)]
    [InlineData("implicit", true)]
    public async Task A_certificate_nobody_vouches_for_is_refused(string tls, bool atOnce)
    {
        await using var server = new ScriptedSmtp { Certificate = certificates.For("127.0.0.1"), ImplicitTls = atOnce };
        var down = await Assert.ThrowsAsync<TransportDownException>(() => Send(server, tls, trusted: false));
        Assert.EndsWith("nobody we trust vouches for its certificate.", down.Message, StringComparison.Ordinal);
        using var others = new TestCertificates();
        down = await Assert.ThrowsAsync<TransportDownException>(() => Send(server, tls, file: others.File));
        Assert.EndsWith("nobody we trust vouches for its certificate.", down.Message, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task Words_slipped_in_before_the_handshake_are_not_taken_for_the_servers()
    {
        await using var server = new ScriptedSmtp { Certificate = certificates.For("127.0.0.1"), SlippedIn = "\r\n250-evil\r\n250 AUTH PLAIN" };
        var down = await Assert.ThrowsAsync<TransportDownException>(() => Send(server, "required"));
        Assert.Contains("spoke out of turn", down.Message, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task A_line_whose_encryption_was_taken_away_carries_no_message_and_no_password()
    {
        await using var stripped = new ScriptedSmtp { Password = "secret" };
        await Assert.ThrowsAsync<TransportDownException>(() => Send(stripped, "required"));
        await Assert.ThrowsAsync<TransportDownException>(() => Send(stripped, "auto"));
        Assert.Empty(stripped.Taken);
        Assert.DoesNotContain(stripped.Overheard, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_or_empty_authority_file_says_so()
    {
        await using var server = new ScriptedSmtp { Certificate = certificates.For("127.0.0.1") };
        Assert.Contains("Email__Smtp__CaFile cannot be read", (await Assert.ThrowsAsync<TransportDownException>(() => Send(server, "auto", file: certificates.File + ".gone"))).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(certificates.File + ".empty", "nothing here");
        Assert.Contains("Email__Smtp__CaFile holds no certificate", (await Assert.ThrowsAsync<TransportDownException>(() => Send(server, "auto", file: certificates.File + ".empty"))).Message, StringComparison.Ordinal);
    }

    private async Task<HandOff> Send(ScriptedSmtp server, string tls, bool trusted = true, string? file = null)
    {
        var options = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, Tls = tls, CaFile = file ?? (trusted ? certificates.File : null) };
        if (server.Password is not null)
            (options.User, options.Password) = ("user", server.Password);
        await using var session = await new SmtpTransport(Options.Create(options), TimeProvider.System).Open(CancellationToken.None);
        return await session.Send(Of(Compose("ann@example.com", "Subject: x\r\n\r\nHi.\r\n")), CancellationToken.None);
    }
}
