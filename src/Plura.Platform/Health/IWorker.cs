namespace Plura.Platform;

/// <summary>
/// On a background service that works for as long as the process lives (and not on one that ends when it has done its part): the
/// installation is ready only while it runs.
/// </summary>
public interface IWorker
{
    /// <summary>Null before the start. <see cref="Microsoft.Extensions.Hosting.BackgroundService"/> has it.</summary>
    Task? ExecuteTask { get; }
}
