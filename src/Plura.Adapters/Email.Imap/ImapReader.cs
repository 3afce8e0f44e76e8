using System.Net.Sockets;
using MailKit;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Plura.Accounts;
using Plura.Conversations;
using Plura.Platform;

namespace Plura.Adapters;

/// <summary>
/// Reads the mailbox for as long as the process lives. A connection that is lost, a password that is refused, a database that is out of reach: it tries
/// again with growing pauses, and the operator's desk says why.
/// </summary>
public sealed partial class ImapReader(IOptions<ImapOptions> options, NpgsqlDataSource database, IServiceScopeFactory scopes, ProviderPulses pulses, TimeProvider clock, ILogger<ImapReader> log) : BackgroundService, IWorker
{
    /// <summary>The key of the provider.</summary>
    internal const string Key = "imap";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TurnPause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = TurnPause;
            try
            {
                await Read(() => failures = 0, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested && (Lost(error) || error is NpgsqlException))
            {
                pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(failures++, 10), LongestPause.Ticks));
                pulses.Failed(Key, error is AuthenticationException or SslHandshakeException ? "the server did not let us in; the log says why" : "the connection was lost; the log says why");
                Stopped(log, error, (int)pause.TotalSeconds);
            }

            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    /// <summary>Reads for as long as it has the mailbox to itself; returns at once where another node has it.</summary>
    private async Task Read(Action well, CancellationToken ct)
    {
        var settings = options.Value;
        await using var lease = await MailboxLease.Take(database, $"{settings.User}@{settings.Host}/{settings.Folder}", ct);
        if (lease is null)
            return;
        await using var mailbox = await ImapMailbox.Open(settings, clock, ct);
        while (true)
        {
            await lease.Hold(ct);
            var taken = await mailbox.TakeAll(Take, ct);
            pulses.Worked(Key);
            well();
            if (taken > 0)
                Took(log, taken);
            else
                await mailbox.Wait(ct);
        }
    }

    private async Task Take(ReceiveMail mail, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Refused means kept, for whoever runs the installation: it need not come again.
        await scope.ServiceProvider.GetRequiredService<ReceiveMailHandler>().Handle(mail, ct);
    }

    /// <summary>What goes wrong between two machines, and passes by or is for the operator to mend.</summary>
    internal static bool Lost(Exception error) => error is IOException or SocketException or TimeoutException or ProtocolException or CommandException
        or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotFoundException or FolderNotOpenException or MessageNotFoundException
        or AuthenticationException or SslHandshakeException or OperationCanceledException or ObjectDisposedException or NotSupportedException
        || (error is InvalidOperationException { InnerException: NpgsqlException }) || (error is Microsoft.EntityFrameworkCore.DbUpdateException);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mailbox cannot be read; the next try is in {Seconds} seconds")]
    private static partial void Stopped(ILogger logger, Exception error, int seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} mails were taken from the mailbox")]
    private static partial void Took(ILogger logger, int count);
}
