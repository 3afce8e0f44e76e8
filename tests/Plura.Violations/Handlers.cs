using System.ComponentModel.DataAnnotations;
using Plura.Platform;

namespace Plura.Violations;

public sealed record Order
{
    [Required]
    public string Name { get; set; } = "";
}

public sealed class ForgetsHandler
{
    public Task<Result> Handle(Order command, CancellationToken ct) => Task.FromResult(Result.Done);
}

public sealed class ValidatesLateHandler
{
    public async Task<Result> Handle(Order command, CancellationToken ct)
    {
        await Task.Delay(1, ct);
        if (command.Invalid() is { } invalid)
            return invalid;
        return Result.Done;
    }
}

public sealed class ValidatesHandler
{
    public async Task<Result> Handle(Order command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await Task.Delay(1, ct);
        return Result.Done;
    }
}
