namespace Plura.Platform;

/// <summary>
/// One command of <c>bin/plura</c>. It answers a value that is printed as one JSON line; a <see cref="Postgres.PlainException"/>
/// is printed as its sentence and ends with exit code 1.
/// </summary>
public interface ICommand
{
    /// <summary>Its words, for example <c>token create</c>.</summary>
    string Name { get; }

    /// <summary>One line for the help: options and what it does.</summary>
    string Help { get; }

    Task<object> Run(CommandOptions options, IServiceProvider services, CancellationToken ct);
}

/// <summary>An answer that says whether all is well: the line is printed either way, and the exit code is 1 where it is not.</summary>
public interface IVerdict
{
    bool Ok { get; }
}

/// <summary>The <c>--name value</c> pairs behind a command's words.</summary>
public sealed class CommandOptions(IReadOnlyDictionary<string, string> values)
{
    public string? Get(string name) => values.GetValueOrDefault(name);

    public string Need(string name) => Get(name) ?? throw new Postgres.PlainException($"--{name} is missing.");
}
