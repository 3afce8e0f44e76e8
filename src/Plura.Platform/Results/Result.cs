namespace Plura.Platform;

/// <summary>What a handler answers when it answers no value: success or a refusal.</summary>
public readonly record struct Result
{
    public Refusal? Refusal { get; private init; }

    public bool Ok => Refusal is null;

    public static Result Done => default;

    public static implicit operator Result(Refusal refusal) => new() { Refusal = refusal };
}

/// <summary>A value, or the reason why there is none. Refusals are values; exceptions are our own mistakes.</summary>
public readonly record struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public bool Ok => Refusal is null;

    /// <summary>The value; throws when the handler refused, because asking then is a bug.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
