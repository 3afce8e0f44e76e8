using Plura.Bench;
using Plura.Platform.Postgres;

try
{
    return await Runner.Run(Runner.Parse(args));
}
catch (PlainException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 2;
}
