using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Plura.Adapters;
using Plura.Messaging;

namespace Plura.Tests.Adapters;

/// <summary>Postfix's own sink, where it is installed: a mail server that we did not write.</summary>
public sealed class SmtpSinkTests : TransportContractSupport
{
    private const string Sink = "/usr/sbin/smtp-sink";

    [Fact]
    public async Task A_server_of_others_takes_what_four_sessions_bring()
    {
        Assert.SkipUnless(File.Exists(Sink), "Postfix is not installed here.");
        var port = FreePort();
        using var sink = Process.Start(new ProcessStartInfo(Sink, Environment.UserName == "root" ? $"-u nobody 127.0.0.1:{port} 100" : $"127.0.0.1:{port} 100"))!;
        try
        {
            var transport = new SmtpTransport(Options.Create(new SmtpOptions { Host = "127.0.0.1", Port = port, Tls = "none" }), TimeProvider.System);
            var sessions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OnceUp(transport)));
            var answers = await Task.WhenAll(sessions.Select(Bring));
            Assert.All(answers.SelectMany(a => a), a => Assert.Equal(HandOffOutcome.Accepted, a.Outcome));
        }
        finally
        {
            sink.Kill();
            await sink.WaitForExitAsync();
        }
    }

    private static async Task<List<HandOff>> Bring(ITransportSession session)
    {
        await using (session)
        {
            var answers = new List<HandOff>();
            for (var i = 0; i < 50; i++)
                answers.Add(await session.Send(Of(Compose($"ann{i}@example.com", "Subject: x\r\n\r\n.dot\r\n")), CancellationToken.None));
            return answers;
        }
    }

    private static async Task<ITransportSession> OnceUp(SmtpTransport transport)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await transport.Open(CancellationToken.None);
            }
            catch (TransportDownException) when (tries < 200)
            {
                await Task.Delay(20);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
