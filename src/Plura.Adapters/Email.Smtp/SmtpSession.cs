using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Security;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>
/// One connection to the server, for one message after another. The envelope and DATA leave in one write where the server offers
/// PIPELINING. It knows exactly whether the final dot went out, because that decides whether a lost message may be sent again.
/// </summary>
internal sealed class SmtpSession : ITransportSession
{
    private readonly SmtpWire wire;
    private readonly SmtpOptions options;
    private readonly TimeSpan limit;
    private HashSet<string> offers = new(StringComparer.OrdinalIgnoreCase);
    private string[] mechanisms = [];

    private readonly X509Certificate2Collection? authorities;

    private SmtpSession(SmtpWire wire, SmtpOptions options, X509Certificate2Collection? authorities) =>
        (this.wire, this.options, this.authorities, limit) = (wire, options, authorities, TimeSpan.FromSeconds(options.TimeoutSeconds));

    public bool Usable { get; private set; }

    public static async Task<SmtpSession> Open(SmtpOptions options, X509Certificate2Collection? authorities, TimeProvider clock, CancellationToken ct)
    {
        SmtpWire? wire = null;
        try
        {
            wire = await SmtpWire.Connect(options.Host, options.Port, TimeSpan.FromSeconds(options.TimeoutSeconds), clock, ct);
            var session = new SmtpSession(wire, options, authorities);
            await session.Greet(ct);
            session.Usable = true;
            return session;
        }
        catch (Exception error) when (error is IOException or SocketException or TimeoutException or System.Security.Authentication.AuthenticationException or SaslException or TransportDownException)
        {
            if (wire is not null)
                await wire.DisposeAsync();
            throw error switch
            {
                TransportDownException said => said,
                CertificateException => new TransportDownException($"The mail server {options.Host}:{options.Port} could not prove who it is, so nothing was sent: {error.Message}.", error),
                _ => new TransportDownException($"The mail server {options.Host}:{options.Port} could not be reached: {error.Message}", error),
            };
        }
    }

    public async Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct)
    {
        var dotSent = false;
        try
        {
            var refused = await Envelope(message.Message, ct);
            if (refused is not null)
                return refused;
            wire.QueueMessage(message.Message.Bytes.Span);
            // A write that fails has not sent its last bytes, and those are the dot; one that was only given up may have.
            dotSent = true;
            try
            {
                await wire.Flush(TimeSpan.FromSeconds(options.FinalTimeoutSeconds), ct);
            }
            catch (IOException)
            {
                dotSent = false;
                throw;
            }

            var reply = await wire.Read(TimeSpan.FromSeconds(options.FinalTimeoutSeconds), ct);
            Usable = reply.Code != 421;
            return reply.HandOff(aboutRecipient: false);
        }
        catch (Exception error) when (error is IOException or SocketException or TimeoutException or OperationCanceledException)
        {
            Usable = false;
            return new HandOff(dotSent ? HandOffOutcome.Unknown : HandOffOutcome.NotBegun, null, null, dotSent
                ? "The connection broke before the server answered the whole message."
                : "The connection broke before the message was handed over.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Usable)
        {
            try
            {
                wire.Queue("QUIT");
                await wire.Flush(TimeSpan.FromSeconds(2), CancellationToken.None);
            }
            catch (Exception error) when (error is IOException or SocketException or TimeoutException or ObjectDisposedException)
            {
                // It is closed either way; the messages before have their answers.
                Usable = false;
            }
        }

        await wire.DisposeAsync();
    }

    /// <summary>MAIL, RCPT and DATA. Answers null when the server waits for the message.</summary>
    private async Task<HandOff?> Envelope(ComposedMessage message, CancellationToken ct)
    {
        var size = offers.Contains("SIZE") ? $" SIZE={message.Bytes.Length}" : "";
        string[] commands = [$"MAIL FROM:<{message.EnvelopeFrom}>{size}", $"RCPT TO:<{message.EnvelopeTo}>", "DATA"];
        var together = offers.Contains("PIPELINING");
        if (together)
        {
            foreach (var command in commands)
                wire.Queue(command);
            await wire.Flush(limit, ct);
        }

        HandOff? refused = null;
        for (var i = 0; i < commands.Length; i++)
        {
            if (!together)
            {
                wire.Queue(commands[i]);
                await wire.Flush(limit, ct);
            }

            var reply = await wire.Read(limit, ct);
            if (reply.Code == 421)
                Usable = false;
            if (i == 2 ? reply.Code == 354 : reply.Ok)
            {
                if (i == 2 && refused is not null)
                    await EndEmpty(ct);
                continue;
            }

            refused ??= reply.HandOff(aboutRecipient: i == 1);
            if (!together || !Usable)
                break;
        }

        if (refused is not null && Usable)
            await Reset(ct);
        return refused;
    }

    // The server let us begin a message whose envelope it refused (RFC 2920, 3.1): an empty one ends it.
    private async Task EndEmpty(CancellationToken ct)
    {
        wire.Queue(".");
        await wire.Flush(limit, ct);
        await wire.Read(limit, ct);
    }

    private async Task Reset(CancellationToken ct)
    {
        wire.Queue("RSET");
        await wire.Flush(limit, ct);
        Usable = (await wire.Read(limit, ct)).Ok;
    }

    private async Task Greet(CancellationToken ct)
    {
        var implicitTls = options.Tls == "implicit" || (options.Tls == "auto" && options.Port == 465);
        if (implicitTls)
            await wire.StartTls(options.Host, authorities, limit, ct);
        Expect(await wire.Read(limit, ct), "greeting");
        await Hello(ct);
        if (!implicitTls && options.Tls != "none" && (offers.Contains("STARTTLS") || options.Tls == "required"))
        {
            Expect(await Ask("STARTTLS", ct), "STARTTLS");
            await wire.StartTls(options.Host, authorities, limit, ct);
            await Hello(ct);
        }

        if (options.User is { Length: > 0 })
            await Authenticate(ct);
    }

    private async Task Hello(CancellationToken ct)
    {
        var name = options.Name is { Length: > 0 } given ? given : System.Net.Dns.GetHostName();
        var reply = await Ask("EHLO " + name, ct);
        if (!reply.Ok)
        {
            reply = await Ask("HELO " + name, ct);
            Expect(reply, "HELO");
        }

        offers = reply.Lines.Skip(1).Select(line => line.Split(' ', 2)[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        mechanisms = reply.Lines.FirstOrDefault(line => line.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase))?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..] ?? [];
    }

    private async Task Authenticate(CancellationToken ct)
    {
        var credentials = new System.Net.NetworkCredential(options.User, options.Password ?? "");
        SaslMechanism? mechanism = mechanisms.Contains("SCRAM-SHA-256", StringComparer.OrdinalIgnoreCase) ? new SaslMechanismScramSha256(credentials)
            : mechanisms.Contains("PLAIN", StringComparer.OrdinalIgnoreCase) ? new SaslMechanismPlain(credentials)
            : mechanisms.Contains("LOGIN", StringComparer.OrdinalIgnoreCase) ? new SaslMechanismLogin(credentials)
            : null;
        if (mechanism is null)
            throw new TransportDownException($"The mail server {options.Host} offers no way to sign in that we know.");
        if (!wire.Secure && options.Tls != "none" && mechanism is not SaslMechanismScramSha256)
            throw new TransportDownException($"The mail server {options.Host} offers no encryption, so the password was not sent. Set Email__Smtp__Tls=none to allow it.");

        var first = mechanism.SupportsInitialResponse ? " " + await mechanism.ChallengeAsync("", ct) : "";
        var reply = await Ask("AUTH " + mechanism.MechanismName + first, ct);
        while (reply.Code == 334)
            reply = await Ask(await mechanism.ChallengeAsync(reply.Text, ct), ct);
        Expect(reply, "signing in");
    }

    private async Task<SmtpReply> Ask(string command, CancellationToken ct)
    {
        wire.Queue(command);
        await wire.Flush(limit, ct);
        return await wire.Read(limit, ct);
    }

    private void Expect(SmtpReply reply, string what)
    {
        if (!reply.Ok)
            throw new TransportDownException($"The mail server {options.Host} refused ({what}): {reply.Code} {reply.Text}");
    }
}
