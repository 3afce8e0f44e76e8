using System.Net;
using System.Net.Sockets;

namespace Plura.Browser;

/// <summary>A line to the application that can be cut: what comes by it reaches the application under an address of its own, until it is cut and after it is mended.</summary>
internal sealed class BreakableLine(Uri application) : IAsyncDisposable
{
    private readonly List<TcpClient> open = [];
    private TcpListener? listener;

    public Uri Address { get; private set; } = null!;

    public void Mend()
    {
        listener = new TcpListener(IPAddress.Loopback, Address?.Port ?? 0);
        listener.Start();
        Address = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        _ = Take(listener);
    }

    public void Cut()
    {
        listener?.Stop();
        listener = null;
        lock (open)
        {
            open.ForEach(c => c.Dispose());
            open.Clear();
        }
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task Take(TcpListener from)
    {
        try
        {
            while (true)
                _ = Carry(await from.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task Carry(TcpClient browser)
    {
        using var there = new TcpClient();
        lock (open)
            open.AddRange([browser, there]);
        try
        {
            await there.ConnectAsync(application.Host, application.Port);
            await Task.WhenAny(browser.GetStream().CopyToAsync(there.GetStream()), there.GetStream().CopyToAsync(browser.GetStream()));
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or the browser went.
        }

        browser.Dispose();
    }
}
