int fromStartup = 42;
import java.time.Duration;
