namespace Plura.Platform;

/// <summary>What must stand in the database before anybody is served; runs after the migrations, at every start, and again does nothing.</summary>
public interface IStartupStep
{
    Task Run(IServiceProvider services, CancellationToken ct);
}
